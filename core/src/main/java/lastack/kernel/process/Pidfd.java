package lastack.kernel.process;

import lastack.kernel.Errno;
import lastack.kernel.Fd;
import lastack.kernel.Kernel;
import lastack.kernel.KernelException;
import lastack.kernel.Syscall;
import lastack.model.ProcessId;

/** A handle on one process that a later process with the same number can never answer to ({@code pidfd_open}, Linux 5.3). */
public final class Pidfd implements AutoCloseable {
    private final Fd fd;
    private final ProcessId process;

    private Pidfd(Fd fd, ProcessId process) {
        this.fd = fd;
        this.process = process;
    }

    /**
     * Opens a handle on exactly this process.
     *
     * @throws KernelException ESRCH when it has ended, also when its number belongs to another process by now
     */
    public static Pidfd open(ProcessId process) throws KernelException {
        long result = Kernel.call(Syscall.PIDFD_OPEN, process.pid(), 0);
        Fd fd = new Fd((int) Kernel.check(result, Syscall.PIDFD_OPEN, "pid " + process.pid()));
        // The start time is read after the handle exists: what it says now holds for as long as the handle does.
        if (ProcStat.startTime(process.pid()) != process.startTime()) {
            fd.close();
            throw new KernelException(Syscall.PIDFD_OPEN.manualName(), "pid " + process.pid(), Errno.ESRCH);
        }
        return new Pidfd(fd, process);
    }

    /** The process. */
    public ProcessId process() {
        return process;
    }

    /**
     * Duplicates one of its descriptors into this process ({@code pidfd_getfd}, Linux 5.6).
     *
     * @throws KernelException EPERM without the same user or {@code CAP_SYS_PTRACE}; EBADF when it is not open any more
     */
    public Fd duplicate(int number) throws KernelException {
        long result = Kernel.call(Syscall.PIDFD_GETFD, fd.number(), number, 0);
        String subject = "fd " + number + " of pid " + process.pid();
        return new Fd((int) Kernel.check(result, Syscall.PIDFD_GETFD, subject));
    }

    /**
     * Sends a signal.
     *
     * @param signal its number; 0 only asks whether it could be sent
     * @throws KernelException EPERM without the right; ESRCH when the process has ended
     */
    public void signal(int signal) throws KernelException {
        long result = Kernel.call(Syscall.PIDFD_SEND_SIGNAL, fd.number(), signal, 0, 0);
        Kernel.check(result, Syscall.PIDFD_SEND_SIGNAL, "pid " + process.pid());
    }

    @Override
    public void close() {
        fd.close();
    }
}
