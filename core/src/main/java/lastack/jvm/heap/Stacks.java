package lastack.jvm.heap;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The stacks of all threads in a dump. */
final class Stacks implements DumpVisitor {
    private final Map<Integer, long[]> stacks = new HashMap<>();
    private final Map<Long, Call> calls = new HashMap<>();
    private final Types types;
    private Names names = Names.like(_ -> false);

    private Stacks(Types types) {
        this.types = types;
    }

    /** A call, by the identifiers of its names. */
    private record Call(long type, long method, long file, int line) {}

    static Stacks read(Dump dump, Types types) throws IOException {
        Stacks stacks = new Stacks(types);
        dump.pass(stacks);
        stacks.names = Names.of(stacks.nameIds());
        dump.pass(stacks.names);
        return stacks;
    }

    @Override
    public boolean wantsHeap() {
        return false;
    }

    @Override
    public void frame(long id, long method, long file, int typeSerial, int line) {
        calls.put(id, new Call(types.nameId(types.typeBySerial(typeSerial)), method, file, line));
    }

    @Override
    public void stack(int thread, long[] frames) {
        if (thread != 0) {
            stacks.put(thread, frames);
        }
    }

    private Set<Long> nameIds() {
        Set<Long> ids = new HashSet<>();
        for (Call call : calls.values()) {
            ids.add(call.type());
            ids.add(call.method());
            ids.add(call.file());
        }
        return ids;
    }

    /** Whether this call is of the program's own code, or a library's, and not the JDK's. */
    boolean isProgram(int thread, int frame) {
        StackTraceElement call = call(thread, frame);
        return call != null && !isPlatform(call.getClassName());
    }

    private static boolean isPlatform(String type) {
        return type.startsWith("java.") || type.startsWith("jdk.") || type.startsWith("sun.");
    }

    /** Where a call of the JDK's came from in the program's own code; null where there is none, and where it is the program's own. */
    @Nullable
    StackTraceElement caller(int thread, int frame) {
        long[] frames = stacks.get(thread);
        if (frames == null || frame < 0 || isProgram(thread, frame)) {
            return null;
        }
        for (int outer = frame + 1; outer < frames.length; outer++) {
            if (isProgram(thread, outer)) {
                return call(thread, outer);
            }
        }
        return null;
    }

    /** A call on the stack of a thread, or null when there is none. */
    @Nullable
    StackTraceElement call(int thread, int frame) {
        long[] frames = stacks.get(thread);
        Call call = frames == null || frame < 0 || frame >= frames.length ? null : calls.get(frames[frame]);
        return call == null
                ? null
                : new StackTraceElement(
                        names.orUnknown(call.type()).replace('/', '.'),
                        names.orUnknown(call.method()),
                        call.file() == 0 ? null : names.get(call.file()),
                        call.line());
    }
}
