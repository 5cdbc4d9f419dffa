package lastack.model;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Time spans as lastack reads and prints them: {@code 500ms 30s 5m 2h 1d} in, {@code 3h12m} out. */
public final class Durations {
    private static final Pattern FORM = Pattern.compile("(\\d{1,12})(ms|s|m|h|d)");

    /** A hundred years. */
    private static final long LONGEST_MILLIS = 36_500L * 86_400_000L;

    private Durations() {}

    /** The milliseconds in a text such as {@code 5m}, or nothing when it is not of that form. */
    public static Optional<Long> parseMillis(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(times(Long.parseLong(matcher.group(1)), millisPer(matcher.group(2))));
    }

    /** No more than {@link #LONGEST_MILLIS}: nanoseconds still fit into a long then. */
    private static long times(long number, long unit) {
        return number > LONGEST_MILLIS / unit ? LONGEST_MILLIS : number * unit;
    }

    private static long millisPer(String unit) {
        return switch (unit) {
            case "ms" -> 1L;
            case "s" -> 1_000L;
            case "m" -> 60_000L;
            case "h" -> 3_600_000L;
            default -> 86_400_000L;
        };
    }

    /** A span in its two largest units: {@code 212ms}, {@code 4.2s}, {@code 59s}, {@code 3m05s}, {@code 3h12m}, {@code 2d04h}. */
    public static String format(long millis) {
        ByteText text = new ByteText(8);
        append(text, millis);
        return text.toString();
    }

    /** Appends a span in that form. */
    public static void append(ByteText out, long millis) {
        long seconds = millis / 1_000;
        if (millis < 1_000) {
            out.append(millis).append("ms");
        } else if (seconds < 10) {
            out.append(seconds).append('.').append(millis % 1_000 / 100).append('s');
        } else if (seconds < 60) {
            out.append(seconds).append('s');
        } else if (seconds < 3_600) {
            twoUnits(out, seconds, 60, "m", 's');
        } else if (seconds < 86_400) {
            twoUnits(out, seconds / 60, 60, "h", 'm');
        } else {
            twoUnits(out, seconds / 3_600, 24, "d", 'h');
        }
    }

    private static void twoUnits(ByteText out, long value, int perLarge, String large, char small) {
        out.append(value / perLarge).append(large);
        long rest = value % perLarge;
        out.append(rest < 10 ? "0" : "").append(rest).append(small);
    }
}
