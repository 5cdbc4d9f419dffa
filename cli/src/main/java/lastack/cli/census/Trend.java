package lastack.cli.census;

import java.util.Arrays;

/**
 * A number at each of the last looks.
 *
 * @param counts the oldest first
 */
public record Trend(int... counts) {
    /** How far back it goes. */
    public static final int LENGTH = 40;

    /** Nothing seen yet. */
    public static final Trend NONE = new Trend();

    /** The highest. */
    public int highest() {
        return Arrays.stream(counts).max().orElse(0);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Trend trend && Arrays.equals(counts, trend.counts);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(counts);
    }
}
