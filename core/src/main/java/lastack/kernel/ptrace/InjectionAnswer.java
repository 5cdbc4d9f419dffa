package lastack.kernel.ptrace;

/** What came of injecting a system call into another process. */
public sealed interface InjectionAnswer {
    /**
     * It is done, and the process runs again.
     *
     * @param nanos how long it stood still, from the first thread's interruption to the last one's release
     * @param threads how many of its threads did
     */
    record StandStill(long nanos, int threads) implements InjectionAnswer {}

    /** The descriptor is not this socket any more; nothing was changed. */
    record NotThisSocket() implements InjectionAnswer {}

    /** The process has ended, before or meanwhile. */
    record ProcessEnded() implements InjectionAnswer {}
}
