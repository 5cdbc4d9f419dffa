package lastack.kernel.ptrace;

/** The requests of ptrace(2) that are made here, named and numbered as in {@code linux/ptrace.h}. */
enum PtraceRequest {
    PTRACE_CONT(7),
    PTRACE_DETACH(17),
    PTRACE_SYSCALL(24),
    PTRACE_GETSIGINFO(0x4202),
    PTRACE_GETREGSET(0x4204),
    PTRACE_SETREGSET(0x4205),
    /** Linux 3.4. Attaches without stopping. */
    PTRACE_SEIZE(0x4206),
    PTRACE_INTERRUPT(0x4207),
    PTRACE_PEEKSIGINFO(0x4209),
    /** Linux 3.11. */
    PTRACE_GETSIGMASK(0x420a),
    PTRACE_SETSIGMASK(0x420b),
    /** Linux 5.13. */
    PTRACE_GET_RSEQ_CONFIGURATION(0x420f);

    private final int number;

    PtraceRequest(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
