package lastack.agent;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sockets the JDK will close once nothing refers to them: those nobody refers to are still in its lists until the next collection. */
final class Unreferenced {
    /** A list longer than this is broken, or changes faster than it can be read. */
    private static final int MOST = 2_000_000;

    private Unreferenced() {}

    static void addTo(Search search, Memory memory) {
        for (Object reference : references(memory)) {
            Object socket = Search.referent(memory, reference);
            if (socket != null && !search.isOver()) {
                search.meet(socket);
            }
        }
    }

    private static List<Object> references(Memory memory) {
        Object cleaner = memory.staticField("jdk.internal.ref.CleanerFactory", "commonCleaner");
        Object state = memory.field(cleaner, "impl");
        List<Object> all = new ArrayList<>();
        addRing(memory, memory.field(state, "phantomCleanableList"), all);
        addNodes(memory, memory.field(memory.field(state, "activeList"), "head"), all);
        addChain(memory, memory.staticField("java.lang.ref.Finalizer", "unfinalized"), all);
        return all;
    }

    /** Java 9 to 24: a ring of {@code PhantomCleanable}. */
    @SuppressWarnings("ReferenceEquality") // The very object is meant.
    private static void addRing(Memory memory, @Nullable Object first, List<Object> all) {
        Object at = first == null ? null : memory.field(first, "next");
        while (at != null && at != first && all.size() < MOST) {
            all.add(at);
            at = memory.field(at, "next");
        }
    }

    /** Java 25: a list of arrays. */
    private static void addNodes(Memory memory, @Nullable Object first, List<Object> all) {
        for (Object at = first; at != null && all.size() < MOST; at = memory.field(at, "next")) {
            Object array = memory.field(at, "arr");
            if (array instanceof Object[]) {
                for (Object one : (Object[]) array) {
                    if (one != null) {
                        all.add(one);
                    }
                }
            }
        }
    }

    /** Up to Java 8 {@code PlainSocketImpl} has a finalizer. */
    private static void addChain(Memory memory, @Nullable Object first, List<Object> all) {
        for (Object at = first; at != null && all.size() < MOST; at = memory.field(at, "next")) {
            all.add(at);
        }
    }
}
