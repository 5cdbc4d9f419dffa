package lastack.kernel.ptrace;

import java.util.concurrent.TimeUnit;
import lastack.kernel.Kernel;
import lastack.kernel.KernelException;
import lastack.kernel.Syscall;
import org.jspecify.annotations.Nullable;

/**
 * System calls made by a stopped thread of another process.
 *
 * <p>The thread is run from one edge of the call to the next ({@code PTRACE_SYSCALL}) rather than stepped over it: a step
 * ends in a forced SIGTRAP, which takes the program's own choice away where it blocks or ignores that signal.
 */
final class InjectedCalls {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int RED_ZONE_BYTES = 128;
    private static final int ALIGNMENT = 16;

    private final Tracee thread;
    private final long instruction;
    private final UserRegs saved;
    private final UserRegs calling;
    private final FaultSignals faults;
    private final DeferredSignals deferred;
    private boolean begun;

    InjectedCalls(
            Tracee thread,
            long instruction,
            UserRegs saved,
            UserRegs calling,
            FaultSignals faults,
            DeferredSignals deferred) {
        this.thread = thread;
        this.instruction = instruction;
        this.saved = saved;
        this.calling = calling;
        calling.copy(saved);
        this.faults = faults;
        this.deferred = deferred;
    }

    /** Where so many bytes can be put that the thread does not use: below its stack and the red zone. */
    long freeMemory(int bytes) {
        return saved.get(UserRegs.RSP) - RED_ZONE_BYTES - bytes & -ALIGNMENT;
    }

    /** Makes a call; a negative result is an error number. */
    long call(Syscall call, long a, long b, long c) throws KernelException, InjectionRefusedException {
        enter(call, a, b, c);
        toNextEdge();
        return result();
    }

    /**
     * Makes a call that lets go of a socket, which may otherwise linger for seconds (SO_LINGER). With a stop on its way the
     * kernel does not wait, and sends what is left in the background. The socket may also be let go of only behind the call.
     */
    long release(Syscall call, long a, long b, long c) throws KernelException, InjectionRefusedException {
        enter(call, a, b, c);
        thread.interrupt();
        toNextEdge();
        thread.interrupt();
        return result();
    }

    /** Throws a bad result. */
    void check(long result, Syscall call, String what, HeldDescriptor descriptor) throws KernelException {
        if (result < 0) {
            String subject = what + ' ' + descriptor + ", called by its thread " + thread.tid();
            throw new KernelException(call.manualName(), subject, Kernel.errno(result));
        }
    }

    private void enter(Syscall call, long a, long b, long c) throws KernelException, InjectionRefusedException {
        calling.prepareCall(instruction, call, a, b, c);
        thread.write(calling);
        toNextEdge();
        begun = true;
    }

    private long result() throws KernelException {
        thread.read(calling);
        return calling.get(UserRegs.RAX);
    }

    private void toNextEdge() throws KernelException, InjectionRefusedException {
        WaitStatus now;
        do {
            thread.run(PtraceRequest.PTRACE_SYSCALL, 0);
            now = awaitStop();
            if (now.isSignalStop()) {
                keep(now.signal());
            }
        } while (!now.isCallStop());
    }

    /** Once the first call has begun there is no giving up any more; but a call that hangs can be cut short. */
    private WaitStatus awaitStop() throws KernelException, InjectionRefusedException {
        @Nullable WaitStatus now = thread.await(System.nanoTime() + PATIENCE_NANOS);
        if (now == null) {
            thread.interrupt();
            now = thread.await(Tracee.NEVER);
            refuseFrozen(now);
        }
        if (now == null || now.ended()) {
            throw thread.gone();
        }
        return now;
    }

    /** It did not even come to the first call: a frozen control group (a paused container) keeps it. */
    private void refuseFrozen(@Nullable WaitStatus now) throws InjectionRefusedException {
        if (!begun && now != null && now.isEventStop()) {
            throw new InjectionRefusedException("thread " + thread.tid()
                    + " does not run: its control group may be frozen (a paused container); nothing was changed");
        }
    }

    private void keep(int signal) throws KernelException, InjectionRefusedException {
        if (faults.isFault(thread, signal)) {
            throw new InjectionRefusedException("thread " + thread.tid() + " answered the injected call with signal "
                    + signal + "; a filter of its own, such as syscall user dispatch, forbids it");
        }
        deferred.add(signal);
    }
}
