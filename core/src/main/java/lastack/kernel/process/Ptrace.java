package lastack.kernel.process;

import lastack.kernel.Kernel;
import lastack.kernel.KernelException;
import lastack.kernel.Syscall;

/**
 * ptrace(2) with its failures as exceptions. A tracee belongs to the thread that seized it: only that one may ask, and
 * when it ends, however it ends, the kernel lets its tracees go ({@code PTRACE_O_EXITKILL} is never set).
 */
final class Ptrace {
    /** Marks a stop at the edge of a system call by {@code SIGTRAP | 0x80}. */
    static final int O_TRACESYSGOOD = 1;

    /** Lets the tracee's calls pass its seccomp filter while it is traced (Linux 4.3, {@code CAP_SYS_ADMIN}). */
    static final int O_SUSPEND_SECCOMP = 1 << 21;

    private static final int NT_PRSTATUS = 1;

    private Ptrace() {}

    /** Makes a request; ESRCH says that the thread has ended. */
    static long request(PtraceRequest request, int tid, long address, long data) throws KernelException {
        long result = ask(request, tid, address, data);
        if (result < 0) {
            throw new KernelException("ptrace", request + " of thread " + tid, Kernel.errno(result));
        }
        return result;
    }

    /** Makes a request; a negative result is an error number. */
    static long ask(PtraceRequest request, int tid, long address, long data) {
        return Kernel.call(Syscall.PTRACE, request.number(), tid, address, data);
    }

    static void read(int tid, UserRegs into) throws KernelException {
        request(PtraceRequest.PTRACE_GETREGSET, tid, NT_PRSTATUS, into.vector());
    }

    static void write(int tid, UserRegs from) throws KernelException {
        request(PtraceRequest.PTRACE_SETREGSET, tid, NT_PRSTATUS, from.vector());
    }
}
