package lastack.kernel.process;

import java.nio.ByteBuffer;
import java.util.concurrent.locks.LockSupport;
import lastack.kernel.Errno;
import lastack.kernel.Kernel;
import lastack.kernel.KernelException;
import lastack.kernel.Syscall;
import org.jspecify.annotations.Nullable;

/** One seized thread of another process; to be used by the seizing thread only. */
final class Tracee {
    /** As a deadline: none. */
    static final long NEVER = Long.MAX_VALUE;

    private static final WaitStatus ENDED = new WaitStatus(0);
    private static final int WNOHANG = 1;
    private static final int WALL = 0x40000000;
    private static final int QUICK_POLLS = 300;
    private static final long SLOW_POLL_NANOS = 200_000;

    private final int tid;
    private final ByteBuffer status = Kernel.memory(4);
    private boolean stopped;

    private Tracee(int tid) {
        this.tid = tid;
    }

    /** Attaches without stopping it; throws EPERM without the right or when it is traced, ESRCH when it has ended. */
    static Tracee seize(int tid, long options) throws KernelException {
        Ptrace.request(PtraceRequest.PTRACE_SEIZE, tid, 0, options);
        return new Tracee(tid);
    }

    int tid() {
        return tid;
    }

    /** Asks it to stop as soon as it can; one that has ended is found out by waiting. */
    void interrupt() {
        Ptrace.ask(PtraceRequest.PTRACE_INTERRUPT, tid, 0, 0);
    }

    /** Lets a stopped thread run: {@code PTRACE_CONT} or {@code PTRACE_SYSCALL}, with a signal to deliver or 0. */
    void run(PtraceRequest how, int signal) throws KernelException {
        Ptrace.request(how, tid, 0, signal);
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
     * @return false when it has ended, or does not stop before the deadline; {@link #stopped} is false then
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
        for (int polls = 0; ; polls++) {
            long result = Kernel.call(Syscall.WAIT4, tid, Kernel.address(status), WNOHANG | WALL, 0);
            if (result != 0) {
                return waited(result);
            }
            if (deadline != NEVER && System.nanoTime() > deadline) {
                return null;
            }
            pause(polls);
        }
    }

    private WaitStatus waited(long result) throws KernelException {
        if (result == -Errno.ECHILD.number()) {
            return ENDED;
        }
        Kernel.check(result, Syscall.WAIT4, "thread");
        WaitStatus now = new WaitStatus(status.getInt(0));
        stopped = !now.ended();
        return now;
    }

    private static void pause(int polls) {
        if (polls < QUICK_POLLS) {
            // The stopping thread may need this very processor.
            Kernel.call(Syscall.SCHED_YIELD);
        } else {
            LockSupport.parkNanos(SLOW_POLL_NANOS);
        }
    }

    boolean stopped() {
        return stopped;
    }

    void read(UserRegs into) throws KernelException {
        Ptrace.read(tid, into);
    }

    void write(UserRegs from) throws KernelException {
        Ptrace.write(tid, from);
    }

    /** Lets it go on as if nothing had been; one that was killed meanwhile has gone already. */
    void release(UserRegs scratch) {
        if (stopped) {
            stopped = false;
            restartCall(scratch);
            Ptrace.ask(PtraceRequest.PTRACE_DETACH, tid, 0, 0);
        }
    }

    private void restartCall(UserRegs scratch) {
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
