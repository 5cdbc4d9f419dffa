package lastack.jvm.heap;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Some of the names in a dump; a large program has so many that only those are kept which are asked for. */
final class Names implements DumpVisitor {
    /** A name in a class file is no longer, JVMS 4.4.7. */
    private static final int LONGEST = 65_535;

    private final Map<Long, String> known = new HashMap<>();
    private final Predicate<String> wanted;
    private final Set<Long> ids;

    private Names(Predicate<String> wanted, Set<Long> ids) {
        this.wanted = wanted;
        this.ids = ids;
    }

    /** Those that read as is wanted. */
    static Names like(Predicate<String> wanted) {
        return new Names(wanted, Set.of());
    }

    /** Those with these identifiers. */
    static Names of(Collection<Long> ids) {
        return new Names(_ -> false, new HashSet<>(ids));
    }

    @Override
    public boolean wantsHeap() {
        return false;
    }

    @Override
    public void text(long id, int length, DumpReader reader) throws IOException {
        if (length < 0 || length > LONGEST) {
            return;
        }
        String text = new String(reader.bytes(length), StandardCharsets.UTF_8);
        if (ids.contains(id) || wanted.test(text)) {
            known.put(id, text);
        }
    }

    /** The name, or null when it is none of these. */
    @Nullable
    String get(long id) {
        return known.get(id);
    }

    String orUnknown(long id) {
        return known.getOrDefault(id, "?");
    }
}
