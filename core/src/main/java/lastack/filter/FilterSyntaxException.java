package lastack.filter;

import org.jspecify.annotations.Nullable;

/**
 * A filter that cannot be understood, and where.
 *
 * <p>Checked, because filters come from people: whoever parses one has to decide how to tell them.
 */
public final class FilterSyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String text;
    private final int position;
    private final int length;
    private final String expected;
    private final @Nullable String suggestion;

    FilterSyntaxException(String text, int position, int length, String expected, @Nullable String suggestion) {
        super(message(text, position, length, expected, suggestion));
        this.text = text;
        this.position = position;
        this.length = length;
        this.expected = expected;
        this.suggestion = suggestion;
    }

    /** The whole filter, its words joined by single spaces. */
    public String text() {
        return text;
    }

    /** Where in the text the mistake begins; the text's length when something is missing at the end. */
    public int position() {
        return position;
    }

    /** How many characters are wrong; 0 when something is missing. */
    public int length() {
        return length;
    }

    /** What should have been there. */
    public String expected() {
        return expected;
    }

    /** What was probably meant, or null. */
    public @Nullable String suggestion() {
        return suggestion;
    }

    /**
     * What to show, in lines: the filter, carets under the mistake, what was expected, and what was probably meant.
     *
     * <pre>{@code
     * state close-wiat
     *       ^^^^^^^^^^
     * expected a state: established, ...
     * did you mean: close-wait
     * }</pre>
     */
    public String message() {
        return message(text, position, length, expected, suggestion);
    }

    private static String message(String text, int position, int length, String expected, @Nullable String suggestion) {
        StringBuilder out = new StringBuilder(text.length() * 2 + 200);
        for (int i = 0; i < text.length(); i++) {
            out.append(Character.isISOControl(text.charAt(i)) ? ' ' : text.charAt(i));
        }
        out.append('\n').repeat(' ', position).repeat('^', Math.max(length, 1));
        out.append("\nexpected ").append(expected);
        if (suggestion != null) {
            out.append("\ndid you mean: ").append(suggestion);
        }
        return out.toString();
    }
}
