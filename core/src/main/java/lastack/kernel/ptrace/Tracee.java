package lastack.kernel.ptrace;

import java.util.concurrent.locks.LockSupport;
import lastack.kernel.Errno;
import lastack.kernel.Kernel;
import lastack.kernel.KernelException;
import lastack.kernel.Syscall;
import lastack.kernel.process.ProcStat;
import org.jspecify.annotations.Nullable;

/**
 * One seized thread of another process (ptrace(2)). Only the thread that seized it may use it; and when that one ends,
 * however it ends, the kernel lets the tracee go ({@code PTRACE_O_EXITKILL} is never set).
 */
final class Tracee {
    /** As a deadline: none. */
    static final long NEVER = Long.MAX_VALUE;

    private static final WaitStatus ENDED = new WaitStatus(0);
    /** Marks a stop at the edge of a system call by {@code SIGTRAP | 0x80}. */
    static final int O_TRACESYSGOOD = 1;

    /** Lets the tracee's calls pass its seccomp filter while it is traced (Linux 4.3, {@code CAP_SYS_ADMIN}). */
    static final int O_SUSPEND_SECCOMP = 1 << 21;

    private static final int NT_PRSTATUS = 1;
    private static final int WNOHANG = 1;
    private static final int WALL = 0x40000000;
    private static final int POLLS = 16;
    private static final int SHORT_NAPS = 200;
    private static final long SHORT_NAP_NANOS = 5_000;
    private static final long LONG_NAP_NANOS = 1_000_000;

    private final TracingDoor door;
    private final int tid;
    private final NativeBytes status = NativeBytes.zeros(4);
    private boolean stopped;
    private boolean detached;

    private Tracee(TracingDoor door, int tid) {
        this.door = door;
        this.tid = tid;
    }

    /** Attaches without stopping it; throws EPERM without the right or when it is traced, ESRCH when it has ended. */
    static Tracee seize(TracingDoor door, int tid, long options) throws KernelException {
        Tracee tracee = new Tracee(door, tid);
        tracee.request(PtraceRequest.PTRACE_SEIZE, 0, options);
        return tracee;
    }

    /** Makes a request of ptrace(2); ESRCH says that the thread has ended. */
    long request(PtraceRequest request, long address, long data) throws KernelException {
        long result = ask(request, address, data);
        if (result < 0) {
            throw new KernelException("ptrace", request + " of thread " + tid, Kernel.errno(result));
        }
        return result;
    }

    /** Makes a request of ptrace(2); a negative result is an error number. */
    long ask(PtraceRequest request, long address, long data) {
        return door.call(Syscall.PTRACE, request.number(), tid, address, data);
    }

    int tid() {
        return tid;
    }

    /** Asks it to stop as soon as it can; one that has ended is found out by waiting. */
    void interrupt() {
        ask(PtraceRequest.PTRACE_INTERRUPT, 0, 0);
    }

    /** Lets a stopped thread run: {@code PTRACE_CONT} or {@code PTRACE_SYSCALL}, with a signal to deliver or 0. */
    void run(PtraceRequest how, int signal) throws KernelException {
        request(how, 0, signal);
        stopped = false;
    }

    /** Brings a stopped thread from wherever it is to where {@link #awaitStill} ends, and swallows what it is stopped by. */
    void standStill() throws KernelException {
        interrupt();
        run(PtraceRequest.PTRACE_CONT, 0);
        if (!awaitStill(NEVER)) {
            throw gone();
        }
    }

    /** The failure that says it has ended. */
    KernelException gone() {
        return new KernelException(Syscall.WAIT4.manualName(), "thread " + tid, Errno.ESRCH);
    }

    /**
     * Waits until it stands still between two instructions of its own, letting signals that come first through.
     *
     * @param deadline {@link System#nanoTime}, or {@link #NEVER}
     * @return false when it has ended, or does not stop before the deadline
     */
    boolean awaitStill(long deadline) throws KernelException {
        for (WaitStatus now = await(deadline); now != null && !now.ended(); now = await(deadline)) {
            if (now.isEventStop()) {
                return true;
            }
            interrupt();
            run(PtraceRequest.PTRACE_CONT, now.isSignalStop() ? now.signal() : 0);
        }
        return false;
    }

    /** Waits for its next stop, or its end; nothing when the deadline passes. */
    @Nullable
    WaitStatus await(long deadline) throws KernelException {
        for (int naps = 0; ; naps++) {
            WaitStatus now = poll(naps == 0 ? POLLS : 1);
            if (now != null) {
                return now;
            }
            if (naps > SHORT_NAPS && isZombie()) {
                return ENDED;
            }
            if (deadline != NEVER && System.nanoTime() > deadline) {
                return null;
            }
            // It may need this very processor; and sched_yield(2) would put this thread behind all others for long.
            LockSupport.parkNanos(naps < SHORT_NAPS ? SHORT_NAP_NANOS : LONG_NAP_NANOS);
        }
    }

    /** wait4 does not tell the end of a process's first thread before the last one has been waited for. */
    private boolean isZombie() {
        return ProcStat.state(tid).orElse('X') == 'Z';
    }

    private @Nullable WaitStatus poll(int times) throws KernelException {
        long result = 0;
        for (int polls = 0; polls < times && result == 0; polls++) {
            result = door.call(Syscall.WAIT4, tid, status.address(), WNOHANG | WALL, 0);
        }
        return result == 0 ? null : waited(result);
    }

    private WaitStatus waited(long result) throws KernelException {
        if (result == -Errno.ECHILD.number()) {
            return ENDED;
        }
        Kernel.check(result, Syscall.WAIT4, "thread");
        WaitStatus now = new WaitStatus(status.bytes().getInt(0));
        stopped = !now.ended();
        return now;
    }

    void read(UserRegs into) throws KernelException {
        request(PtraceRequest.PTRACE_GETREGSET, NT_PRSTATUS, into.vector());
    }

    void write(UserRegs from) throws KernelException {
        request(PtraceRequest.PTRACE_SETREGSET, NT_PRSTATUS, from.vector());
    }

    boolean isStopped() {
        return stopped;
    }

    /** Lets it go on as if nothing had been; one that was killed meanwhile has gone already. */
    void release(UserRegs scratch) {
        if (stopped || (!detached && stopsByNow())) {
            restartCall(scratch);
            detach();
        }
    }

    /** Lets a stopped thread go on. */
    void detach() {
        stopped = false;
        detached = true;
        ask(PtraceRequest.PTRACE_DETACH, 0, 0);
    }

    /** One that nobody waited for because another would not stop. */
    private boolean stopsByNow() {
        try {
            return awaitStill(System.nanoTime());
        } catch (KernelException e) {
            return false;
        }
    }

    /** Makes a call that its stop has interrupted start again when it goes on. */
    void restartCall(UserRegs scratch) {
        try {
            read(scratch);
            if (scratch.is64Bit() && InterruptedCall.restart(scratch)) {
                write(scratch);
            }
        } catch (KernelException e) {
            // Only ESRCH: it was killed while it stood still.
        }
    }
}
