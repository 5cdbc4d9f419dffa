package lastack.kernel.ptrace;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import lastack.kernel.Errno;
import lastack.kernel.KernelException;
import org.jspecify.annotations.Nullable;

/**
 * All threads of a process, attached; one of them still from {@link #stop} on, and all from {@link #stopOthers} to
 * {@link #releaseOthers}.
 *
 * <p>All of them, for another one could close the descriptor and open the next file under its number between the look and
 * the act. An attached thread keeps its process's number from being used again until it is let go.
 */
final class SeizedProcess implements AutoCloseable {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final TracingDoor door;
    private final int pid;
    private final TaskList tasks;
    private final Map<Integer, Tracee> tracees = new LinkedHashMap<>();
    private final List<Tracee> arrivals = new ArrayList<>();
    private final UserRegs scratch = new UserRegs();
    private final Haste haste;
    private long options = Tracee.O_TRACESYSGOOD | Tracee.O_SUSPEND_SECCOMP;
    private final Stopwatch one = new Stopwatch();
    private final Stopwatch all = new Stopwatch();
    private int still;
    private InjectionAnswer.@Nullable StandStill standStill;

    private SeizedProcess(TracingDoor door, int pid, TaskList tasks) {
        this.door = door;
        this.pid = pid;
        this.tasks = tasks;
        this.haste = new Haste(door);
    }

    /** Attaches to every thread; the process goes on running. */
    @SuppressWarnings("resource") // The caller's to close; on failure the end of the tracing thread lets everything go.
    static SeizedProcess seize(TracingDoor door, int pid, TaskList tasks)
            throws KernelException, InjectionRefusedException {
        SeizedProcess process = new SeizedProcess(door, pid, tasks);
        while (process.seizeArrivals()) {
            process.arrivals.clear();
        }
        return process;
    }

    private boolean seccompSuspended() {
        return (options & Tracee.O_SUSPEND_SECCOMP) != 0;
    }

    /** Refuses a thread whose seccomp filter could not be suspended. */
    void refuseFiltered(Tracee tracee) throws InjectionRefusedException {
        if (!seccompSuspended() && isFiltered(tracee)) {
            throw new InjectionRefusedException(
                    "pid " + pid + " runs under a seccomp filter, which could kill it for an"
                            + " injected call; with CAP_SYS_ADMIN the filter can be suspended");
        }
    }

    private boolean isFiltered(Tracee tracee) {
        ProcStatus status = status(tracee.tid());
        return status != null && status.seccomp() != 0;
    }

    /** Whether all its threads have ended. */
    boolean isEmpty() {
        return tracees.isEmpty();
    }

    /** Its oldest thread that has not ended. */
    Tracee first() {
        return tracees.values().iterator().next();
    }

    /** Its threads. */
    Collection<Tracee> tracees() {
        return tracees.values();
    }

    /** Stops one thread; false when it has ended. */
    boolean stop(Tracee tracee) throws KernelException, InjectionRefusedException {
        one.start();
        tracee.interrupt();
        return awaitStill(tracee, System.nanoTime() + PATIENCE_NANOS);
    }

    /** Stops every other thread too, also those started meanwhile. */
    void stopOthers() throws KernelException, InjectionRefusedException {
        all.start();
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        for (Tracee tracee : tracees.values()) {
            if (!tracee.isStopped()) {
                arrivals.add(tracee);
            }
        }
        do {
            stopArrivals(deadline);
        } while (seizeArrivals());
        still = tracees.size();
    }

    /** What each needs to go on unnoticed is done while the next is still on its way to its stop. */
    private void stopArrivals(long deadline) throws KernelException, InjectionRefusedException {
        for (Tracee tracee : arrivals) {
            tracee.interrupt();
        }
        for (Tracee tracee : arrivals) {
            if (awaitStill(tracee, deadline)) {
                tracee.restartCall(scratch);
            }
        }
        arrivals.clear();
    }

    private boolean awaitStill(Tracee tracee, long deadline) throws KernelException, InjectionRefusedException {
        boolean stopped = tracee.awaitStill(deadline);
        if (!stopped) {
            drop(tracee);
        }
        return stopped;
    }

    /** Lets every stopped thread go but this one. */
    void releaseOthers(Tracee lent) {
        if (tracees.size() > 1) {
            try (Haste _ = haste.begin()) {
                detachOthers(lent);
                all.stop();
            }
        }
    }

    private void detachOthers(Tracee lent) {
        for (Tracee tracee : tracees.values()) {
            if (tracee != lent && tracee.isStopped()) {
                tracee.detach();
            }
        }
    }

    private void drop(Tracee tracee) throws InjectionRefusedException {
        ProcStatus status = status(tracee.tid());
        if (status != null && !status.ended()) {
            throw new InjectionRefusedException("pid " + pid + ": its thread " + tracee.tid() + " (" + status.name()
                    + ") did not stop within " + TimeUnit.NANOSECONDS.toMillis(PATIENCE_NANOS) + " ms, its state is "
                    + status.state() + "; nothing was changed, try again once it is out of it");
        }
        tracees.remove(tracee.tid());
    }

    private boolean seizeArrivals() throws KernelException, InjectionRefusedException {
        tasks.forEach(tid -> {
            if (!tracees.containsKey(tid)) {
                seizeThread(tid);
            }
        });
        return !arrivals.isEmpty();
    }

    private void seizeThread(int tid) throws KernelException, InjectionRefusedException {
        try {
            Tracee tracee = seizeWithOptions(tid);
            tracees.put(tid, tracee);
            arrivals.add(tracee);
        } catch (KernelException e) {
            refuseUnlessEnded(tid, e);
        }
    }

    private Tracee seizeWithOptions(int tid) throws KernelException {
        try {
            return Tracee.seize(door, tid, options);
        } catch (KernelException e) {
            if (!seccompSuspended() || e.is(Errno.ESRCH)) {
                throw e;
            }
            Tracee tracee = Tracee.seize(door, tid, Tracee.O_TRACESYSGOOD);
            options = Tracee.O_TRACESYSGOOD;
            return tracee;
        }
    }

    /** A thread that has ended, such as a leader that left its threads behind, answers EPERM too. */
    private void refuseUnlessEnded(int tid, KernelException reason) throws KernelException, InjectionRefusedException {
        ProcStatus status = status(tid);
        if (status == null || status.ended()) {
            return;
        }
        if (reason.is(Errno.EPERM)) {
            throw new InjectionRefusedException(Permission.denied(pid, status));
        }
        throw reason;
    }

    private @Nullable ProcStatus status(int tid) {
        try {
            return ProcStatus.read(pid, tid);
        } catch (IOException e) {
            return null;
        }
    }

    /** Lets every stopped thread go. One that would not stop is let go by the kernel when the tracing thread ends. */
    @Override
    public void close() {
        for (Tracee tracee : tracees.values()) {
            tracee.release(scratch);
        }
        one.stop();
        standStill = new InjectionAnswer.StandStill(still == 1 ? one.nanos() : all.nanos(), still);
    }

    /** How long it stood still; known once closed. */
    InjectionAnswer standStill() {
        if (standStill == null) {
            throw new IllegalStateException("still stopped");
        }
        return standStill;
    }

    /** From the first start to the first stop. */
    private static final class Stopwatch {
        private long startedAt;
        private long nanos;

        void start() {
            startedAt = startedAt == 0 ? System.nanoTime() : startedAt;
        }

        void stop() {
            nanos = nanos == 0 ? System.nanoTime() - startedAt : nanos;
        }

        long nanos() {
            return nanos;
        }
    }
}
