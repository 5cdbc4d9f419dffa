package lastack.kernel.ptrace;

import java.util.Objects;
import lastack.kernel.KernelException;
import org.jspecify.annotations.Nullable;

/**
 * The signal mask of a stopped thread, put back on close; until then signals wait.
 *
 * <p>All but SIGKILL and SIGSTOP, which cannot, and the six the kernel raises for a fault: raised while blocked, those would
 * lose their handlers ({@code force_sig_info_to_task}).
 */
final class SavedSignalMask implements AutoCloseable {
    private static final int MASK_BYTES = 8;
    private static final long ALL_BUT_FAULTS = ~FaultSignals.MASK;

    private final NativeBytes saved = NativeBytes.zeros(MASK_BYTES);
    private final NativeBytes blocking = NativeBytes.zeros(MASK_BYTES);
    private @Nullable Tracee tracee;

    SavedSignalMask() {
        blocking.bytes().putLong(0, ALL_BUT_FAULTS);
    }

    SavedSignalMask block(Tracee stopped) throws KernelException {
        stopped.request(PtraceRequest.PTRACE_GETSIGMASK, MASK_BYTES, saved.address());
        stopped.request(PtraceRequest.PTRACE_SETSIGMASK, MASK_BYTES, blocking.address());
        tracee = stopped;
        return this;
    }

    @Override
    public void close() throws KernelException {
        Objects.requireNonNull(tracee).request(PtraceRequest.PTRACE_SETSIGMASK, MASK_BYTES, saved.address());
    }
}
