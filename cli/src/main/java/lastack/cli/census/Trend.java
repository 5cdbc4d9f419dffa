package lastack.cli.census;

import java.util.List;

/**
 * A number at each of the last looks.
 *
 * @param counts the oldest first
 */
public record Trend(List<Integer> counts) {
    /** How far back it goes. */
    public static final int LENGTH = 40;

    /** Nothing seen yet. */
    public static final Trend NONE = new Trend(List.of());
}
