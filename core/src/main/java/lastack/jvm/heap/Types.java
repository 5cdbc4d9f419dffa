package lastack.jvm.heap;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The classes of a dump, and where their objects have which field. */
final class Types implements DumpVisitor {
    /** The fields of the dumped classes that are looked at by name. */
    private final Names names;

    private final LongMap<DumpType> types = new LongMap<>();
    private final Map<Long, Long> nameIds = new HashMap<>();
    private final Map<Integer, Long> bySerial = new HashMap<>();
    private final LongMap<Layout> layouts = new LongMap<>();

    Types(Names names) {
        this.names = names;
    }

    /** Where an object of a class has its references, and by which fields. */
    static final class Layout {
        final int[] offsets;

        /** The identifiers of their names. */
        final long[] names;

        Layout(List<Integer> offsets, List<Long> names) {
            this.offsets = offsets.stream().mapToInt(Integer::intValue).toArray();
            this.names = names.stream().mapToLong(Long::longValue).toArray();
        }
    }

    @Override
    public void loaded(int serial, long type, long name) {
        nameIds.put(type, name);
        bySerial.put(serial, type);
    }

    @Override
    public void type(DumpType type) {
        types.put(type.id(), type);
    }

    /** The identifier of a class's name; of an array of objects it is that of the array's class. */
    long nameId(long type) {
        return nameIds.getOrDefault(type, 0L);
    }

    long typeBySerial(int serial) {
        return bySerial.getOrDefault(serial, 0L);
    }

    /** Whether it is, or extends, a class whose name is among the known ones and ends so; names have slashes. */
    boolean isA(long type, String name) {
        for (DumpType at = types.get(type); at != null; at = types.get(at.above())) {
            String own = names.get(nameId(at.id()));
            if (own != null && own.endsWith(name)) {
                return true;
            }
        }
        return false;
    }

    /** Where an object of this class has the value of a field, or -1 when there is no such field of that kind. */
    int offset(long type, String field, int... kinds) {
        int offset = 0;
        for (DumpType at = types.get(type); at != null; at = types.get(at.above())) {
            for (DumpType.Field one : at.fields()) {
                boolean kind = Arrays.stream(kinds).anyMatch(wanted -> wanted == one.kind());
                if (kind && field.equals(names.get(one.name()))) {
                    return offset;
                }
                offset += one.bytes();
            }
        }
        return -1;
    }

    /** What an object of this class holds; what a {@code Reference} refers to, it does not hold. */
    Layout layout(long type) {
        @Nullable Layout known = layouts.get(type);
        if (known == null) {
            known = read(type);
            layouts.put(type, known);
        }
        return known;
    }

    private Layout read(long type) {
        List<Integer> offsets = new ArrayList<>();
        List<Long> fields = new ArrayList<>();
        int offset = 0;
        for (DumpType at = types.get(type); at != null; at = types.get(at.above())) {
            for (DumpType.Field one : at.fields()) {
                if (one.kind() == DumpType.OBJECT && !isReferent(one)) {
                    offsets.add(offset);
                    fields.add(one.name());
                }
                offset += one.bytes();
            }
        }
        return new Layout(offsets, fields);
    }

    private boolean isReferent(DumpType.Field field) {
        return "referent".equals(names.get(field.name()));
    }
}
