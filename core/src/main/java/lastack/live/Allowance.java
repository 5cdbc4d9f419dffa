package lastack.live;

/** A share of the time that looking up may take, so that it never keeps changes from being read. */
final class Allowance {
    private final double share;
    private final long most;
    private long credit;
    private long counted;

    /**
     * An allowance that is full.
     *
     * @param share of one CPU, 0 to 1
     * @param mostNanos how much can be saved up
     */
    Allowance(double share, long mostNanos) {
        this.share = share;
        this.most = mostNanos;
        this.credit = mostNanos;
        this.counted = System.nanoTime();
    }

    /** Whether there is some left; time earns more. */
    boolean isLeft() {
        long now = System.nanoTime();
        credit = Math.min(most, credit + (long) ((now - counted) * share));
        counted = now;
        return credit > 0;
    }

    /** Takes off what was spent since the given moment. */
    void spentSince(long began) {
        credit -= System.nanoTime() - began;
    }
}
