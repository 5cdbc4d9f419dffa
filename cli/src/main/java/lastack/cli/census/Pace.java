package lastack.cli.census;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/**
 * Keeps something costly to a small share of the processor's time: the more it took, the longer until it is due again. What is looked
 * for by people is never put off for long.
 */
final class Pace {
    /** It may take a fiftieth of the time. */
    private static final int SHARE = 50;

    private static final long LONGEST_NANOS = 3_000_000_000L;

    /** Nanoseconds on a processor, nanoseconds waiting for one, and how often (proc_pid_schedstat(5)). */
    private static final Path SCHEDSTAT = Path.of("/proc/thread-self/schedstat");

    private final LongSupplier nanoTime;
    private final LongSupplier processorNanos;
    private long due;
    private boolean begun;

    Pace() {
        this(System::nanoTime, Pace::ofThisThread);
    }

    /**
     * One with clocks of its own.
     *
     * @param processorNanos how long the thread has been on a processor, or -1
     */
    Pace(LongSupplier nanoTime, LongSupplier processorNanos) {
        this.nanoTime = nanoTime;
        this.processorNanos = processorNanos;
    }

    boolean isDue() {
        return !begun || nanoTime.getAsLong() - due >= 0;
    }

    /** Does it and notes what it took. */
    void run(Runnable costly) {
        long start = nanoTime.getAsLong();
        long before = processorNanos.getAsLong();
        costly.run();
        long worked = processorNanos.getAsLong() - before;
        long end = nanoTime.getAsLong();
        due = end + Math.min(LONGEST_NANOS, (before < 0 ? end - start : worked) * SHARE);
        begun = true;
    }

    private static long ofThisThread() {
        try {
            String numbers = Files.readString(SCHEDSTAT, StandardCharsets.US_ASCII);
            long nanos = Long.parseLong(numbers.substring(0, numbers.indexOf(' ')));
            return nanos == 0 ? -1 : nanos;
        } catch (IOException | NumberFormatException e) {
            return -1;
        }
    }
}
