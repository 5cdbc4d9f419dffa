package lastack.kernel.process;

import java.nio.ByteBuffer;
import lastack.kernel.Kernel;
import lastack.kernel.KernelException;

/**
 * The signal mask of a stopped thread, put back on close; until then signals wait.
 *
 * <p>All but SIGKILL and SIGSTOP, which cannot, and the six the kernel raises for a fault: raised while blocked, those would
 * lose their handlers ({@code force_sig_info_to_task}).
 */
final class SavedSignalMask implements AutoCloseable {
    private static final int MASK_BYTES = 8;
    private static final long ALL_BUT_FAULTS = ~FaultSignals.MASK;

    private final ByteBuffer saved = Kernel.memory(MASK_BYTES);
    private final ByteBuffer blocking = Kernel.memory(MASK_BYTES).putLong(0, ALL_BUT_FAULTS);
    private int tid;

    SavedSignalMask block(Tracee stopped) throws KernelException {
        tid = stopped.tid();
        Ptrace.request(PtraceRequest.PTRACE_GETSIGMASK, tid, MASK_BYTES, Kernel.address(saved));
        Ptrace.request(PtraceRequest.PTRACE_SETSIGMASK, tid, MASK_BYTES, Kernel.address(blocking));
        return this;
    }

    @Override
    public void close() throws KernelException {
        Ptrace.request(PtraceRequest.PTRACE_SETSIGMASK, tid, MASK_BYTES, Kernel.address(saved));
    }
}
