package lastack.cli.tui;

import java.util.List;
import java.util.Locale;

/** Signs beyond letters, and what stands for them in ASCII. */
record Glyphs(boolean ascii) {
    private static final String DRAWN = "┌┐└┘─│┴▼▶◀·…↑↓";
    private static final String PLAIN = "++++-|+v><-~^v";
    private static final String BARS = "▁▂▃▄▅▆▇█";
    private static final String DOTS = "_.-=+*%#";
    private static final int FLAT = 3;

    /** A drawing as this terminal can show it. */
    String of(String drawing) {
        if (!ascii) {
            return drawing;
        }
        StringBuilder plain = new StringBuilder(drawing);
        for (int i = 0; i < plain.length(); i++) {
            int sign = DRAWN.indexOf(plain.charAt(i));
            if (sign >= 0) {
                plain.setCharAt(i, PLAIN.charAt(sign));
            }
        }
        return plain.toString();
    }

    /** Numbers as bars from 0 to their highest, those of the last {@code width} looks, flush right; what does not change is half high. */
    String sparkline(int width, List<Integer> numbers) {
        List<Integer> shown = numbers.subList(Math.max(0, numbers.size() - width), numbers.size());
        int highest = shown.stream().mapToInt(number -> number).max().orElse(0);
        boolean flat = shown.stream().allMatch(number -> number == highest);
        String bars = ascii ? DOTS : BARS;
        StringBuilder line = new StringBuilder(" ".repeat(width - shown.size()));
        for (int number : shown) {
            int level = flat ? FLAT : Math.round((float) number * (bars.length() - 1) / Math.max(1, highest));
            line.append(number == 0 ? ' ' : bars.charAt(level));
        }
        return line.toString();
    }

    /** The text in so many columns at most; the end that matters, such as a port, stays. */
    String cut(String text, int width, int tail) {
        if (Screen.columns(text) <= width || text.length() <= width) {
            return text;
        }
        int head = Math.max(0, width - tail - 1);
        int end = Math.min(tail, Math.max(0, width - 1));
        return text.substring(0, head) + of("…") + text.substring(text.length() - end);
    }

    /** {@code 1,234,567}, or {@code 12.3M} where that is too long. */
    static String count(long number, int width) {
        String grouped = String.format(Locale.ROOT, "%,d", number);
        return grouped.length() <= width ? grouped : String.format(Locale.ROOT, "%.1fM", number / 1e6);
    }

    /** {@code 0.4/s}, {@code 12/s}. */
    static String rate(double perSecond) {
        return perSecond < 10
                ? String.format(Locale.ROOT, "%.1f/s", perSecond)
                : String.format(Locale.ROOT, "%.0f/s", perSecond);
    }
}
