package lastack.kernel.ptrace;

import lastack.kernel.KernelException;

/** The signals the kernel raises in a thread for what that thread did: SIGILL, SIGTRAP, SIGBUS, SIGFPE, SIGSEGV, SIGSYS. */
final class FaultSignals {
    /** Bit n - 1 is signal n. */
    static final long MASK = 1L << 3 | 1L << 4 | 1L << 6 | 1L << 7 | 1L << 10 | 1L << 30;

    /** {@code siginfo_t}: int si_signo, int si_errno, int si_code. */
    private static final int SI_CODE = 8;

    private static final int SIGINFO_BYTES = 128;

    /** {@code struct ptrace_peeksiginfo_args}: u64 off, u32 flags, s32 nr. */
    private final NativeBytes peek = NativeBytes.zeros(16);

    private final NativeBytes siginfo = NativeBytes.zeros(SIGINFO_BYTES);

    FaultSignals() {
        peek.bytes().putInt(12, 1);
    }

    static boolean contains(int signal) {
        return (MASK >>> (signal - 1) & 1) != 0;
    }

    /**
     * Delivers those that wait already. Their handler must find the registers of the fault, and not those of an injected call.
     */
    void letThrough(Tracee still) throws KernelException {
        while (isPending(still)) {
            still.run(PtraceRequest.PTRACE_CONT, 0);
            if (!still.awaitStill(Tracee.NEVER)) {
                throw still.gone();
            }
        }
    }

    private boolean isPending(Tracee still) throws KernelException {
        for (long at = 0; ; at++) {
            peek.bytes().putLong(0, at);
            long copied = still.request(PtraceRequest.PTRACE_PEEKSIGINFO, peek.address(), siginfo.address());
            if (copied == 0) {
                return false;
            }
            if (contains(siginfo.bytes().getInt(0))) {
                return true;
            }
        }
    }

    /** Whether the signal a thread is stopped by was raised by the kernel for a fault, not sent by a process. */
    boolean isFault(Tracee stopped, int signal) throws KernelException {
        stopped.request(PtraceRequest.PTRACE_GETSIGINFO, 0, siginfo.address());
        return contains(signal) && siginfo.bytes().getInt(SI_CODE) > 0;
    }
}
