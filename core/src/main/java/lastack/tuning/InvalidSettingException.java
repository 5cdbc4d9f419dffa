package lastack.tuning;

/** A setting that does not exist, or a value it cannot have; the message says what would do. */
public final class InvalidSettingException extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidSettingException(String message) {
        super(message);
    }
}
