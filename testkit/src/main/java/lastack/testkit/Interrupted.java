package lastack.testkit;

/** The test's thread was interrupted while it waited: the test is over. */
final class Interrupted extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private Interrupted(InterruptedException cause) {
        super(cause);
    }

    static Interrupted because(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new Interrupted(cause);
    }
}
