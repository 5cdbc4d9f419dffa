package lastack.kernel.ptrace;

import lastack.kernel.KernelException;

/**
 * A stopped thread of another process that makes a few system calls for us and then goes on as if nothing had been.
 *
 * <p>Everything it needs is made beforehand, while the process still runs. What is changed is put back in reverse order.
 */
final class LentThread {
    private final int pid;
    private final SyscallGadget gadget;
    private final SavedBytes sequence;
    private final RestartableSequence sequences = new RestartableSequence();
    private final FaultSignals faults = new FaultSignals();
    private final SavedSignalMask mask = new SavedSignalMask();
    private final SavedRegisters registers = new SavedRegisters();
    private final UserRegs calling = new UserRegs();

    LentThread(int pid, TargetMemory memory, SyscallGadget gadget) {
        this.pid = pid;
        this.gadget = gadget;
        this.sequence = new SavedBytes(memory, RestartableSequence.WORD_BYTES);
    }

    /** Has the thread make the calls of an act. */
    void lend(Tracee still, Act act) throws KernelException, InjectionRefusedException {
        faults.letThrough(still);
        UserRegs before = registers.read(still);
        refuse32Bit(before);
        long instruction = gadget.forThread(before);
        try (var deferred = new DeferredSignals(pid).of(still);
                var _ = sequence.save(sequences.word(still, before));
                var _ = mask.block(still);
                var _ = registers) {
            act.run(new InjectedCalls(still, instruction, before, calling, faults, deferred));
        }
    }

    private void refuse32Bit(UserRegs before) throws InjectionRefusedException {
        if (!before.is64Bit()) {
            throw new InjectionRefusedException("pid " + pid + " runs 32-bit code; only 64-bit code can be lent");
        }
    }

    /** What is done through a lent thread. */
    interface Act {
        void run(InjectedCalls calls) throws KernelException, InjectionRefusedException;
    }
}
