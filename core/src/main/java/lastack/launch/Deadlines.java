package lastack.launch;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Until when each socket's bind is held, by the socket's cookie.
 *
 * <p>A signal interrupts a bind, and after its handler the kernel makes the same call again: that one inherits the deadline, or a
 * program with an interval timer would wait for ever.
 */
final class Deadlines {
    private static final long KEPT_NANOS = Duration.ofMinutes(1).toNanos();

    private final Map<Long, Hold> holds = new ConcurrentHashMap<>();

    /** One socket's bind; used by one thread at a time. */
    static final class Hold {
        private static final long BETWEEN_WORDS = Duration.ofSeconds(10).toNanos();
        private static final long BETWEEN_SIGNALS = Duration.ofSeconds(1).toNanos();

        private final long deadline;
        private long nextWord = System.nanoTime();
        private long nextSignal = System.nanoTime();

        private Hold(long deadline) {
            this.deadline = deadline;
        }

        boolean isOver() {
            return System.nanoTime() - deadline > 0;
        }

        /** A call that is made again can fail with EINTR until lastack has taken it: a program with a fast timer shall not do that all the time. */
        boolean isTimeForSignals() {
            return System.nanoTime() - nextSignal >= 0;
        }

        /** Signals were let through. */
        void letSignalsThrough() {
            nextSignal = System.nanoTime() + BETWEEN_SIGNALS;
        }

        /** Whether it is time to tell the user again. */
        boolean isTimeForWord() {
            if (System.nanoTime() - nextWord < 0) {
                return false;
            }
            nextWord = System.nanoTime() + BETWEEN_WORDS;
            return true;
        }
    }

    /** The hold of a socket that has begun already, or a new one. */
    Hold of(long cookie, Duration patience) {
        long now = System.nanoTime();
        holds.values().removeIf(hold -> now - hold.deadline > KEPT_NANOS);
        return holds.computeIfAbsent(cookie, key -> new Hold(now + patience.toNanos()));
    }

    /** The bind goes on: a later one starts anew. */
    void end(long cookie) {
        holds.remove(cookie);
    }
}
