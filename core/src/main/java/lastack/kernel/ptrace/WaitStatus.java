package lastack.kernel.ptrace;

/**
 * What wait4(2) says about a seized thread ({@code bits/waitstatus.h}).
 *
 * <pre>
 *  31..16  event: 128 = PTRACE_EVENT_STOP
 *  15..8   the signal of a stop; 0x85 = at the edge of a system call
 *   7..0   0x7f = stopped, else ended
 * </pre>
 */
record WaitStatus(int bits) {
    private static final int STOPPED = 0x7f;
    private static final int EVENT_STOP = 128;
    private static final int CALL_STOP = 5 | 0x80;

    boolean ended() {
        return (bits & 0xff) != STOPPED;
    }

    /** Interrupted, or stopped with its whole process by SIGSTOP and the like: between two instructions of its own. */
    boolean isEventStop() {
        return !ended() && bits >>> 16 == EVENT_STOP;
    }

    boolean isCallStop() {
        return !ended() && signal() == CALL_STOP;
    }

    /** About to get {@link #signal()}, unless the tracer swallows it. */
    boolean isSignalStop() {
        return !ended() && bits >>> 16 == 0 && signal() != CALL_STOP;
    }

    int signal() {
        return bits >>> 8 & 0xff;
    }
}
