package lastack.kernel.seccomp;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.Set;
import lastack.kernel.BpfProgram;
import lastack.kernel.Errno;
import lastack.kernel.Kernel;
import lastack.kernel.KernelException;
import lastack.kernel.Machine;
import lastack.kernel.Syscall;

/** Puts the filter on the calling platform thread, and on whatever it starts or becomes; never on the process's other threads. */
public final class Seccomp {
    private static final int SET_MODE_FILTER = 1;
    private static final int GET_ACTION_AVAIL = 2;
    private static final int FLAG_NEW_LISTENER = 1 << 3;
    private static final int FLAG_WAIT_KILLABLE_RECV = 1 << 5;
    private static final int RET_USER_NOTIF = 0x7FC00000;
    private static final int PR_SET_NO_NEW_PRIVS = 38;

    private Seccomp() {}

    /** Throws EOPNOTSUPP or ENOSYS where the kernel has no user notification (Linux 5.0). */
    public static void probe() throws KernelException {
        ByteBuffer action = Kernel.memory(4).putInt(0, RET_USER_NOTIF);
        long result = Kernel.call(Syscall.SECCOMP, GET_ACTION_AVAIL, 0, Kernel.address(action));
        Reference.reachabilityFence(action);
        Kernel.check(result, Syscall.SECCOMP, "SECCOMP_RET_USER_NOTIF");
    }

    /** Gives up for good, in this thread and all it starts, that set-user-ID programs gain rights; a filter takes this or a capability. */
    public static void noNewPrivileges() throws KernelException {
        Kernel.check(Kernel.call(Syscall.PRCTL, PR_SET_NO_NEW_PRIVS, 1), Syscall.PRCTL, "PR_SET_NO_NEW_PRIVS");
    }

    /**
     * Installs the filter on this thread. A call that is being looked at is interrupted by deadly signals only (Linux 5.19; older
     * kernels interrupt it at every signal, and where the handler is without SA_RESTART it fails with EINTR).
     *
     * @return the number of the listening descriptor, which is closed when this process becomes another program
     * @throws KernelException EACCES without {@code CAP_SYS_ADMIN} or no_new_privs; EBUSY below another such filter
     */
    public static int install(Set<SocketCall> calls) throws KernelException {
        BpfProgram program = NotifyFilter.program(Machine.CURRENT, calls);
        long result = install(FLAG_NEW_LISTENER | FLAG_WAIT_KILLABLE_RECV, program);
        if (result < 0 && Kernel.errno(result).equals(Errno.EINVAL)) {
            result = install(FLAG_NEW_LISTENER, program);
        }
        return (int) Kernel.check(result, Syscall.SECCOMP, "SECCOMP_SET_MODE_FILTER");
    }

    private static long install(int flags, BpfProgram program) {
        return program.give(header -> Kernel.call(Syscall.SECCOMP, SET_MODE_FILTER, flags, header));
    }
}
