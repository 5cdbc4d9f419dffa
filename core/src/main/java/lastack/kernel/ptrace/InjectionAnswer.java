package lastack.kernel.ptrace;

/** What came of injecting a system call into another process. */
public sealed interface InjectionAnswer {
    /**
     * It is done, and the process runs again.
     *
     * @param nanos how long the whole process stood still: from the interruption of the first thread to the release of the last,
     *     without the lent one, which is stopped before and released after the others; with it where it is the only one
     * @param threads how many threads it had
     */
    record StandStill(long nanos, int threads) implements InjectionAnswer {}

    /** The descriptor is not this socket any more; nothing was changed. */
    record NotThisSocket() implements InjectionAnswer {}

    /** The process has ended, before or meanwhile. */
    record ProcessEnded() implements InjectionAnswer {}
}
