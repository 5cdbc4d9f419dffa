package lastack.kernel.ptrace;

import lastack.kernel.Kernel;
import lastack.kernel.Syscall;

/** Signals sent to a thread while it was lent that no mask keeps back, such as SIGSTOP; sent again on close. */
final class DeferredSignals implements AutoCloseable {
    private final int pid;
    private int tid;
    private long waiting;

    DeferredSignals(int pid) {
        this.pid = pid;
    }

    DeferredSignals of(Tracee tracee) {
        tid = tracee.tid();
        return this;
    }

    void add(int signal) {
        waiting |= 1L << (signal - 1);
    }

    @Override
    public void close() {
        for (; waiting != 0; waiting &= waiting - 1) {
            Kernel.call(Syscall.TGKILL, pid, tid, Long.numberOfTrailingZeros(waiting) + 1);
        }
    }
}
