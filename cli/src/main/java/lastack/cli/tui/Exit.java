package lastack.cli.tui;

/** The exit codes of a view that was left. */
final class Exit {
    static final int DONE = 0;
    static final int HUNG_UP = 128 + 1;
    static final int INTERRUPTED = 128 + 2;
    static final int TERMINATED = 128 + 15;

    private Exit() {}
}
