package lastack.cli.print;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the launcher found out about the terminal; it costs a shell nothing and a JVM several milliseconds.
 *
 * @param input whether standard input is one
 * @param output whether standard output is one
 * @param columns its width, {@link Integer#MAX_VALUE} when output goes elsewhere
 * @param unicode whether the locale can show more than ASCII
 */
public record Terminal(boolean input, boolean output, int columns, boolean unicode) {
    private static final int DEFAULT_COLUMNS = 80;

    /** Reads the system properties the launcher sets, and the environment. */
    public static Terminal detect() {
        boolean output = Boolean.getBoolean("lastack.stdout.terminal");
        return new Terminal(
                Boolean.getBoolean("lastack.stdin.terminal"),
                output,
                output ? width() : Integer.MAX_VALUE,
                isUnicode());
    }

    private static int width() {
        int columns = Integer.getInteger("lastack.columns", 0);
        return columns > 0 ? columns : DEFAULT_COLUMNS;
    }

    private static boolean isUnicode() {
        for (String name : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
            String value = System.getenv(name);
            if (value != null && !value.isEmpty()) {
                return value.toUpperCase(Locale.ROOT).replace("-", "").contains("UTF8");
            }
        }
        return false;
    }

    /** Whether rows must not be wider than it. */
    boolean isNarrow() {
        return columns < Integer.MAX_VALUE;
    }

    /** When to use colours. */
    public enum Colour {
        auto,
        always,
        never
    }

    /** Whether to use colours; {@code auto}: on a terminal, unless {@code NO_COLOR} is set. */
    public boolean colours(Colour when) {
        return switch (when) {
            case always -> true;
            case never -> false;
            case auto -> output && isEmpty(System.getenv("NO_COLOR"));
        };
    }

    private static boolean isEmpty(@Nullable String value) {
        return value == null || value.isEmpty();
    }
}
