package lastack.testkit;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Waiting for the kernel: look, look again, and give up with the reason. */
final class Deadline {
    static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long PAUSE_MILLIS = 2;

    private Deadline() {}

    /** Looks until there is something, and throws with what it saw instead when the patience is over. */
    static <T> T await(String wanted, Supplier<Optional<T>> look, Supplier<?> instead) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Optional<T> found = look.get();
            if (found.isPresent()) {
                return found.get();
            }
            if (System.nanoTime() > end) {
                throw new IllegalStateException("waited " + PATIENCE + " for " + wanted + "; saw " + instead.get());
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            throw Interrupted.because(e);
        }
    }
}
