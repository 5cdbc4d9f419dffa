package lastack.agent;

import java.io.File;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one walk has found, for the many questions that may follow it at once; nothing is kept alive by it. */
final class Remembered {
    private static final long NANOS = 10_000_000_000L;
    private static final long FRESH_NANOS = 500_000_000L;

    private final Map<Long, WeakReference<Object>[]> objects = new HashMap<>();
    private long since = System.nanoTime() - NANOS;

    /** Every socket this process has open, whoever asked for which. */
    static List<Wanted> everySocket() {
        List<Wanted> all = new ArrayList<>();
        String[] numbers = new File("/proc/self/fd").list();
        for (String number : numbers == null ? new String[0] : numbers) {
            Wanted socket = Wanted.of(number);
            if (socket != null) {
                all.add(socket);
            }
        }
        return all;
    }

    void replaceBy(List<Found> found) {
        objects.clear();
        for (Found one : found) {
            @SuppressWarnings({"unchecked", "rawtypes"})
            WeakReference<Object>[] both =
                    new WeakReference[] {new WeakReference<>(one.inner), new WeakReference<>(one.facing)};
            objects.put(one.wanted.inode, both);
        }
        since = System.nanoTime();
    }

    /** Whether a walk has just been made; another would see the same. */
    boolean isFresh() {
        return System.nanoTime() - since < FRESH_NANOS;
    }

    /** The objects of this socket, or null when they have to be looked for. */
    @Nullable
    Found of(Wanted wanted) {
        WeakReference<Object>[] both = System.nanoTime() - since > NANOS ? null : objects.get(wanted.inode);
        Object inner = both == null ? null : both[0].get();
        Object facing = both == null ? null : both[1].get();
        return inner == null || facing == null ? null : new Found(wanted, inner, facing, -1);
    }
}
