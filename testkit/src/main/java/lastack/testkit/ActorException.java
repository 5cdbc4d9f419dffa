package lastack.testkit;

/** An actor's system call failed: the command it was given, and the name of the error number. */
public final class ActorException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String errno;

    ActorException(String command, String errno) {
        super(command + ": " + errno);
        this.errno = errno;
    }

    /** The error number's name: {@code ECONNRESET}. */
    public String errno() {
        return errno;
    }
}
