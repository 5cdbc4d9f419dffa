package lastack.kernel.ptrace;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import lastack.kernel.Errno;
import lastack.kernel.KernelException;
import lastack.kernel.Machine;
import lastack.kernel.process.Privileges;
import lastack.kernel.process.ProcStat;
import lastack.model.ProcessId;

/**
 * Takes a socket's descriptor out of another program's hands, by system calls that one of its own threads is made to run.
 *
 * <p>The whole program stands still meanwhile, typically for less than a millisecond. Calls it was waiting in start again,
 * signals wait, and registers, signal mask and memory are put back. Calls with a time limit may start it anew.
 *
 * <p>Needs x86-64, Linux 4.8, and the same user or {@code CAP_SYS_PTRACE}; for a program with a seccomp filter
 * {@code CAP_SYS_ADMIN} besides. If lastack is killed by SIGKILL in that very moment, the kernel lets the program go at
 * once, and what was changed until then stays so.
 */
public final class ForeignDescriptor {
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long OWN = ProcessHandle.current().pid();

    private ForeignDescriptor() {}

    /**
     * Puts /dev/null in the descriptor's place: the socket is let go, the number stays taken.
     *
     * @param process the process that holds it
     * @param fd the number there
     * @param inode the socket's inode; a descriptor that is anything else by now is left alone
     * @throws KernelException a call failed, ours or the injected one; ENOENT: the program sees no /dev/null
     * @throws InjectionRefusedException the process is not one to inject into; nothing was changed
     */
    public static InjectionAnswer park(ProcessId process, int fd, long inode)
            throws KernelException, InjectionRefusedException {
        return release(process, new HeldDescriptor(TracingDoor.KERNEL, process.pid(), fd, inode), true);
    }

    /**
     * Closes the descriptor. The program's next file gets its number, so a later close of it by the program hits that file.
     *
     * @param process the process that holds it
     * @param fd the number there
     * @param inode the socket's inode; a descriptor that is anything else by now is left alone
     * @throws KernelException a call failed, ours or the injected one
     * @throws InjectionRefusedException the process is not one to inject into; nothing was changed
     */
    public static InjectionAnswer close(ProcessId process, int fd, long inode)
            throws KernelException, InjectionRefusedException {
        return release(process, new HeldDescriptor(TracingDoor.KERNEL, process.pid(), fd, inode), false);
    }

    /**
     * Refuses what {@link #park} would refuse, as far as that can be told without touching the process: so that what has to be
     * done before need not be done in vain.
     */
    public static void refuseUnfit(ProcessId process, int fd) throws KernelException, InjectionRefusedException {
        InjectionChecks.refuseByNumber(Machine.CURRENT, process.pid(), OWN);
        if (InjectionChecks.isAlive(process)) {
            InjectionChecks.refuseByProc(process.pid(), fd, true, OWN);
            InjectionChecks.refuseFiltered(process.pid(), Privileges.own());
        }
    }

    private static InjectionAnswer release(ProcessId process, HeldDescriptor descriptor, boolean park)
            throws KernelException, InjectionRefusedException {
        InjectionChecks.refuseByNumber(Machine.CURRENT, process.pid(), OWN);
        if (ProcStat.startTime(process.pid()) != process.startTime()) {
            return new InjectionAnswer.ProcessEnded();
        }
        try {
            InjectionChecks.refuseByProc(process.pid(), descriptor.fd(), park, OWN);
            return TracerThread.run(new Injection(process, descriptor, park)::run);
        } catch (KernelException e) {
            return endedOr(e, process);
        }
    }

    /** A failure for no other reason than that the process has gone is none. */
    private static InjectionAnswer endedOr(KernelException failure, ProcessId process)
            throws KernelException, InjectionRefusedException {
        boolean goneFromUnderUs = failure.is(Errno.ESRCH);
        if (goneFromUnderUs ? endsSoon(process) : !InjectionChecks.isAlive(process)) {
            return new InjectionAnswer.ProcessEnded();
        }
        if (goneFromUnderUs) {
            throw new InjectionRefusedException(
                    "pid " + process.pid() + " is ending or has started another program meanwhile; look again");
        }
        throw failure;
    }

    /** A killed process takes a moment to end. */
    private static boolean endsSoon(ProcessId process) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (InjectionChecks.isAlive(process)) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return true;
    }
}
