package lastack.kernel.ptrace;

/**
 * Where a thread says which restartable sequence it is in ({@code linux/rseq.h}).
 *
 * <p>The kernel clears that word when it sees the thread outside of the sequence, as an injected call is. Back in the middle
 * of it, the thread would then not be told to start it again. A thread in a system call is in none.
 */
final class RestartableSequence {
    private static final long NONE = 0;

    /** {@code struct ptrace_rseq_configuration}: u64 rseq_abi_pointer, u32 size, u32 signature, u32 flags, u32 pad. */
    private static final int CONFIGURATION_BYTES = 24;

    /** {@code struct rseq}: u32 cpu_id_start, u32 cpu_id, u64 rseq_cs. */
    private static final int RSEQ_CS = 8;

    static final int WORD_BYTES = 8;

    private final NativeBytes configuration = NativeBytes.zeros(CONFIGURATION_BYTES);

    /** The address of the word, or 0 when the thread needs none saved or the kernel cannot tell (before 5.13). */
    long word(Tracee stopped, UserRegs registers) {
        if (registers.inCall()) {
            return NONE;
        }
        configuration.bytes().putLong(0, NONE);
        stopped.ask(PtraceRequest.PTRACE_GET_RSEQ_CONFIGURATION, CONFIGURATION_BYTES, configuration.address());
        long rseq = configuration.bytes().getLong(0);
        return rseq == NONE ? NONE : rseq + RSEQ_CS;
    }
}
