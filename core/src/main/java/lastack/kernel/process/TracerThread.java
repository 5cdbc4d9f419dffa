package lastack.kernel.process;

import java.util.concurrent.FutureTask;
import lastack.kernel.KernelException;

/**
 * A platform thread for one piece of tracing, as a tracee obeys only the thread that attached to it.
 *
 * <p>It is waited for even when the caller is interrupted or lastack is asked to end (Ctrl-C): a program left in the middle
 * of an injected call would break.
 */
final class TracerThread {
    private TracerThread() {}

    /** Runs the work there and hands on what comes of it. */
    static InjectionAnswer run(Work work) throws KernelException, InjectionRefusedException {
        FutureTask<InjectionAnswer> task = new FutureTask<>(work::run);
        Thread tracer = Thread.ofPlatform().name("lastack-ptrace").unstarted(task);
        Thread lastWait = Thread.ofPlatform().unstarted(() -> joinWhatever(tracer));
        try {
            Runtime.getRuntime().addShutdownHook(lastWait);
        } catch (IllegalStateException e) {
            throw new InjectionRefusedException("lastack itself is ending");
        }
        try {
            tracer.start();
            joinWhatever(tracer);
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
