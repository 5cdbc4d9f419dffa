package lastack.kernel.ptrace;

import java.util.Objects;
import lastack.kernel.KernelException;
import org.jspecify.annotations.Nullable;

/** The registers of a stopped thread, put back on close where the kernel also restarts the call it was in. */
final class SavedRegisters implements AutoCloseable {
    private final UserRegs saved = new UserRegs();
    private @Nullable Tracee tracee;

    /** Saves them, and says what they are. */
    UserRegs read(Tracee stopped) throws KernelException {
        stopped.read(saved);
        tracee = stopped;
        return saved;
    }

    /**
     * Puts them back. The thread may be at the edge of an injected call, from where the kernel would return to the program
     * without a look at ERESTARTSYS in rax; so it is first brought back to where signals are handled.
     */
    @Override
    public void close() throws KernelException {
        Tracee borrowed = Objects.requireNonNull(tracee);
        borrowed.standStill();
        borrowed.write(saved);
    }
}
