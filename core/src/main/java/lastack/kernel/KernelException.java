package lastack.kernel;

/** The kernel said no: which call, about what, and with which error number. */
public final class KernelException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String call;
    private final String subject;
    private final int errnoNumber;

    /**
     * A failed call.
     *
     * @param call the call's name as in the manual
     * @param subject what it was about, for the reader of the message
     * @param errno why it failed
     */
    public KernelException(String call, String subject, Errno errno) {
        super(subject.isEmpty() ? call + ": " + errno : call + ' ' + subject + ": " + errno);
        this.call = call;
        this.subject = subject;
        this.errnoNumber = errno.number();
    }

    /** The call's name as in the manual. */
    public String call() {
        return call;
    }

    /** What the call was about. */
    public String subject() {
        return subject;
    }

    /** Why it failed. */
    public Errno errno() {
        return new Errno(errnoNumber);
    }

    /** Whether it failed for this reason. */
    public boolean is(Errno reason) {
        return errnoNumber == reason.number();
    }
}
