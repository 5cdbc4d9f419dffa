package lastack.model;

import java.util.Locale;

/** Amounts of memory and disk as lastack prints them: {@code 812 MB}, {@code 1.2 GB}. */
public final class Sizes {
    private static final long KB = 1_000;
    private static final long MB = 1_000 * KB;
    private static final long GB = 1_000 * MB;

    private Sizes() {}

    /** So many bytes, in decimal units. */
    public static String format(long bytes) {
        if (bytes >= GB) {
            return String.format(Locale.ROOT, "%.1f GB", (double) bytes / GB);
        }
        return bytes >= MB ? bytes / MB + " MB" : (bytes + KB - 1) / KB + " kB";
    }
}
