package lastack.cli.census;

import java.util.function.LongSupplier;

/** Keeps something costly to a small share of the time: the longer it took, the longer until it is due again. */
final class Pace {
    /** It may take a fiftieth of the time. */
    private static final int SHARE = 50;

    private final LongSupplier nanoTime;
    private long due;
    private boolean begun;

    Pace(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    boolean isDue() {
        return !begun || nanoTime.getAsLong() - due >= 0;
    }

    /** Does it and notes what it took. */
    void run(Runnable costly) {
        long start = nanoTime.getAsLong();
        costly.run();
        long end = nanoTime.getAsLong();
        due = end + (end - start) * SHARE;
        begun = true;
    }
}
