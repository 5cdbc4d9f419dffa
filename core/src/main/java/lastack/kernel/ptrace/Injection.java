package lastack.kernel.ptrace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import lastack.kernel.Errno;
import lastack.kernel.Kernel;
import lastack.kernel.KernelException;
import lastack.kernel.Syscall;
import lastack.kernel.process.ProcStat;
import lastack.model.ProcessId;

/** One injection from beginning to end, on the thread that traces: prepare, attach, stop, look, act, let go. */
final class Injection {
    private static final int PR_SET_TIMERSLACK = 29;

    private final ProcessId process;
    private final HeldDescriptor descriptor;
    private final boolean park;

    Injection(ProcessId process, HeldDescriptor descriptor, boolean park) {
        this.process = process;
        this.descriptor = descriptor;
        this.park = park;
    }

    InjectionAnswer run() throws KernelException, InjectionRefusedException {
        int pid = process.pid();
        int tid = InjectionChecks.liveThread(pid);
        try (TargetMemory memory = openMemory(tid);
                TaskList tasks = TaskList.open(pid)) {
            LentThread lent = new LentThread(pid, memory, SyscallGadget.find(pid, tid, memory));
            LentThread.Act act =
                    park ? new ParkDescriptor(descriptor, closesOnExec(tid), memory) : new CloseCall(descriptor);
            boolean rehearsed = Rehearsal.done();
            assert rehearsed;
            napShort();
            return attach(tasks, new Release(descriptor, lent, act));
        }
    }

    private InjectionAnswer attach(TaskList tasks, Release release) throws KernelException, InjectionRefusedException {
        SeizedProcess seized = SeizedProcess.seize(TracingDoor.KERNEL, process.pid(), tasks);
        try (seized) {
            // Only from here on does the number stand for one process until the end.
            if (seized.isEmpty() || ProcStat.startTime(process.pid()) != process.startTime()) {
                return new InjectionAnswer.ProcessEnded();
            }
            seized.refuseFiltered(seized.first());
            if (!descriptor.isHeldIn(seized) || !release.run(seized)) {
                return new InjectionAnswer.NotThisSocket();
            }
        }
        return seized.standStill();
    }

    /** While it waits for a thread to stop, this thread sleeps a few microseconds at a time; by default it would be 50 more. */
    private static void napShort() {
        Kernel.call(Syscall.PRCTL, PR_SET_TIMERSLACK, 1);
    }

    private TargetMemory openMemory(int tid) throws KernelException, InjectionRefusedException {
        try {
            return TargetMemory.open(process.pid(), tid);
        } catch (KernelException e) {
            if (e.is(Errno.EACCES) || e.is(Errno.EPERM)) {
                throw new InjectionRefusedException(Permission.denied(process.pid(), tid));
            }
            throw e;
        }
    }

    private boolean closesOnExec(int tid) {
        try {
            Path info = Path.of("/proc/" + process.pid() + "/task/" + tid + "/fdinfo/" + descriptor.fd());
            return ParkDescriptor.closesOnExec(Files.readString(info, StandardCharsets.US_ASCII));
        } catch (IOException e) {
            // Gone by now; so it will not be this socket any more either.
            return true;
        }
    }
}
