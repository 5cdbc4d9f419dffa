package lastack.kernel.process;

import java.io.IOException;
import lastack.kernel.KernelException;
import lastack.kernel.Syscall;
import lastack.model.ProcessId;
import org.jspecify.annotations.Nullable;

/** One injection from beginning to end, on the thread that traces: attach, prepare, stop, look, act, let go. */
final class Injection {
    private final ProcessId process;
    private final HeldDescriptor descriptor;
    private final boolean park;
    private final UserRegs scratch = new UserRegs();

    Injection(ProcessId process, HeldDescriptor descriptor, boolean park) {
        this.process = process;
        this.descriptor = descriptor;
        this.park = park;
    }

    InjectionAnswer run() throws KernelException, InjectionRefusedException {
        SeizedProcess seized = SeizedProcess.seize(process.pid());
        try (seized) {
            // Only from here on does the number stand for one process until the end.
            if (seized.isEmpty() || ProcStat.startTime(process.pid()) != process.startTime()) {
                return new InjectionAnswer.ProcessEnded();
            }
            if (!release(seized)) {
                return new InjectionAnswer.NotThisSocket();
            }
        }
        return seized.standStill();
    }

    private boolean release(SeizedProcess seized) throws KernelException, InjectionRefusedException {
        int pid = process.pid();
        int first = seized.first().tid();
        refuseFiltered(seized, first);
        if (!isHeld(seized)) {
            return false;
        }
        try (TargetMemory memory = TargetMemory.open(pid, first)) {
            LentThread lent = new LentThread(pid, memory, SyscallGadget.find(pid, first, memory));
            LentThread.Act act = park ? new ParkDescriptor(descriptor, memory) : this::close;
            seized.stop();
            return lend(seized, lent, act);
        }
    }

    private boolean isHeld(SeizedProcess seized) throws KernelException {
        for (Tracee tracee : seized.tracees()) {
            if (descriptor.isSocketIn(tracee.tid())) {
                return true;
            }
        }
        return false;
    }

    private boolean lend(SeizedProcess still, LentThread lent, LentThread.Act act)
            throws KernelException, InjectionRefusedException {
        Tracee holder = holder(still);
        if (holder == null) {
            return false;
        }
        refuseFiltered(still, holder.tid());
        lent.lend(holder, act);
        return true;
    }

    /** A thread that holds the socket: one in a system call if there is one, for what it is amid can be interrupted. */
    private @Nullable Tracee holder(SeizedProcess still) throws KernelException {
        Tracee holder = null;
        for (Tracee tracee : still.tracees()) {
            if (descriptor.isSocketIn(tracee.tid())) {
                tracee.read(scratch);
                if (scratch.inCall()) {
                    return tracee;
                }
                holder = tracee;
            }
        }
        return holder;
    }

    private void close(InjectedCalls calls) throws KernelException, InjectionRefusedException {
        long result = calls.release(Syscall.CLOSE, descriptor.fd(), 0, 0);
        calls.check(result, Syscall.CLOSE, descriptor.toString());
    }

    private void refuseFiltered(SeizedProcess seized, int tid) throws InjectionRefusedException {
        if (!seized.seccompSuspended() && isFiltered(tid)) {
            throw new InjectionRefusedException(
                    "pid " + process.pid() + " runs under a seccomp filter, which could kill it"
                            + " for an injected call; with CAP_SYS_ADMIN the filter can be suspended");
        }
    }

    private boolean isFiltered(int tid) {
        try {
            return ProcStatus.read(process.pid(), tid).seccomp() != 0;
        } catch (IOException e) {
            return false;
        }
    }
}
