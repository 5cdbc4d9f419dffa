package lastack.options;

/** A socket option was written in a way it cannot be read; the message says what was expected. */
public final class OptionSyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    /** A mistake, in words for the one who made it. */
    public OptionSyntaxException(String message) {
        super(message);
    }

    /** A value that does not suit its option. */
    static OptionSyntaxException badValue(OptionName name, String value) {
        return new OptionSyntaxException(name + "=" + value + ": expected " + name.form());
    }

    /** A number that is too small or too large. */
    static OptionSyntaxException outOfRange(OptionName name, String value, String range) {
        return new OptionSyntaxException(name + "=" + value + ": out of range, the kernel takes " + range);
    }
}
