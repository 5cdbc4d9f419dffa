package lastack.kernel.ptrace;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import lastack.kernel.Kernel;
import lastack.kernel.KernelException;
import lastack.kernel.Syscall;

/**
 * A platform thread for one piece of tracing, as a tracee obeys only the thread that attached to it.
 *
 * <p>It is waited for even when the caller is interrupted or lastack is asked to end (Ctrl-C): a program left in the middle
 * of an injected call would break. Its end is the kernel's, not only Java's: what it has not let go of is free only then.
 */
final class TracerThread {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long POLL_NANOS = 50_000;

    /** Whoever was refused might try something harsher in the moment before all ends, or before being told to stop. */
    private static final long END_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private TracerThread() {}

    /** Runs the work there and hands on what comes of it. */
    static InjectionAnswer run(Work work) throws KernelException, InjectionRefusedException {
        AtomicLong tid = new AtomicLong();
        FutureTask<InjectionAnswer> task = new FutureTask<>(() -> {
            tid.set(Kernel.call(Syscall.GETTID));
            return work.run();
        });
        Thread tracer = Thread.ofPlatform().name("lastack-ptrace").unstarted(task);
        Thread lastWait = Thread.ofPlatform().unstarted(() -> joinWhatever(tracer));
        try {
            Runtime.getRuntime().addShutdownHook(lastWait);
        } catch (IllegalStateException e) {
            LockSupport.parkNanos(END_NANOS);
            throw new InjectionRefusedException("lastack itself is ending");
        }
        try {
            tracer.start();
            joinWhatever(tracer);
            awaitEnd(Path.of("/proc/self/task/" + tid.get()));
        } finally {
            forget(lastWait);
        }
        return answer(task);
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // It is running now, and finds its thread done.
        }
    }

    private static void joinWhatever(Thread tracer) {
        boolean interrupted = false;
        while (tracer.isAlive()) {
            try {
                tracer.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Java calls a thread ended a few microseconds before the kernel does. */
    private static void awaitEnd(Path thread) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (Files.exists(thread) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private static InjectionAnswer answer(FutureTask<InjectionAnswer> task)
            throws KernelException, InjectionRefusedException {
        try {
            return task.resultNow();
        } catch (IllegalStateException e) {
            Throwable failure = task.exceptionNow();
            if (failure instanceof KernelException kernel) {
                throw kernel;
            }
            if (failure instanceof InjectionRefusedException refused) {
                throw refused;
            }
            throw new IllegalStateException("tracing failed", failure);
        }
    }

    /** What is done on it. */
    interface Work {
        InjectionAnswer run() throws KernelException, InjectionRefusedException;
    }
}
