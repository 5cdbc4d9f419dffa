package lastack.cli.print;

/** Text that others chose, such as the name of a process, made fit for a terminal. */
public final class SafeText {
    private static final char REPLACEMENT = '?';

    private SafeText() {}

    /** The text with every control character replaced: a process may choose its name, but not steer the terminal. */
    public static String of(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return replaceControls(text);
            }
        }
        return text;
    }

    private static String replaceControls(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            safe.append(Character.isISOControl(c) ? REPLACEMENT : c);
        }
        return safe.toString();
    }
}
