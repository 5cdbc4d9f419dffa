package lastack.jvm;

import lastack.model.Durations;

/**
 * A field of a library's object that tells something about a connection.
 *
 * @param field its name, or the way to it over fields
 * @param word what it says
 * @param kind how its number is meant
 */
record Reading(String field, String word, Kind kind) {
    /** How a number is meant. */
    enum Kind {
        /** A moment of {@code System.nanoTime}. */
        SINCE_NANOS,
        /** A moment of {@code System.currentTimeMillis}. */
        SINCE_MILLIS,
        /** A span in nanoseconds. */
        NANOS,
        /** A span in milliseconds. */
        MILLIS,
        /** A number of things. */
        COUNT
    }

    private static final long NANOS_PER_MILLI = 1_000_000;

    /** {@code idle 3h12m}; empty when the number is no such thing: {@code Long.MAX_VALUE} for never, 0 for not yet. */
    String tell(long value, JvmReport report) {
        long millis = millis(value, report);
        if (kind == Kind.COUNT) {
            return word + " " + value;
        }
        if (value == Long.MAX_VALUE || (kind != Kind.NANOS && kind != Kind.MILLIS && (value == 0 || millis < 0))) {
            return "";
        }
        return word + " " + (millis <= 0 ? "for ever" : Durations.format(millis));
    }

    private long millis(long value, JvmReport report) {
        return switch (kind) {
            case SINCE_NANOS -> (report.nowNanos() - value) / NANOS_PER_MILLI;
            case SINCE_MILLIS -> report.nowMillis() - value;
            case NANOS -> value / NANOS_PER_MILLI;
            case MILLIS, COUNT -> value;
        };
    }
}
