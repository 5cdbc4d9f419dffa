package lastack.kernel.ptrace;

import lastack.kernel.KernelException;

/** A few bytes of another process's memory, put back on close. */
final class SavedBytes implements AutoCloseable {
    private static final long NOTHING = 0;

    private final TargetMemory memory;
    private final NativeBytes saved;
    private long address = NOTHING;

    SavedBytes(TargetMemory memory, int bytes) {
        this.memory = memory;
        this.saved = NativeBytes.zeros(bytes);
    }

    /** Saves what is at this address; at 0 there is nothing to save. */
    SavedBytes save(long from) throws KernelException {
        if (from != NOTHING) {
            memory.read(from, saved);
        }
        address = from;
        return this;
    }

    /** Puts something else there. */
    void replace(NativeBytes other) throws KernelException {
        memory.write(address, other);
    }

    @Override
    public void close() throws KernelException {
        if (address != NOTHING) {
            memory.write(address, saved);
        }
    }
}
