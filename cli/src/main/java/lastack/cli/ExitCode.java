package lastack.cli;

/** The exit codes scripts rely on. */
final class ExitCode {
    /** Done; for {@code ls} also when nothing matched. */
    static final int DONE = 0;
    /** Something selected is still there, or failed. */
    static final int STILL_THERE = 1;
    /** A mistake in the command, or a confirmation is needed. */
    static final int USAGE = 2;
    /** Nothing matched. */
    static final int NO_MATCH = 3;
    /** Not permitted, or the kernel cannot. */
    static final int UNAVAILABLE = 4;

    private ExitCode() {}
}
