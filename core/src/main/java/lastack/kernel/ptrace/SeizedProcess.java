package lastack.kernel.ptrace;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import lastack.kernel.Errno;
import lastack.kernel.KernelException;
import org.jspecify.annotations.Nullable;

/**
 * All threads of a process, attached, and still from {@link #stop} until closed.
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
    private long options = Tracee.O_TRACESYSGOOD | Tracee.O_SUSPEND_SECCOMP;
    private long stoppedAt;
    private InjectionAnswer.@Nullable StandStill standStill;

    private SeizedProcess(TracingDoor door, int pid, TaskList tasks) {
        this.door = door;
        this.pid = pid;
        this.tasks = tasks;
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
    Iterable<Tracee> tracees() {
        return tracees.values();
    }

    /** Stops every thread, also those started meanwhile. */
    void stop() throws KernelException, InjectionRefusedException {
        stoppedAt = System.nanoTime();
        long deadline = stoppedAt + PATIENCE_NANOS;
        arrivals.addAll(tracees.values());
        do {
            stopArrivals(deadline);
        } while (seizeArrivals());
    }

    private void stopArrivals(long deadline) throws KernelException, InjectionRefusedException {
        for (Tracee tracee : arrivals) {
            tracee.interrupt();
        }
        for (Tracee tracee : arrivals) {
            if (!tracee.awaitStill(deadline)) {
                drop(tracee);
            }
        }
        arrivals.clear();
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
        standStill = new InjectionAnswer.StandStill(System.nanoTime() - stoppedAt, tracees.size());
    }

    /** How long it stood still; known once closed. */
    InjectionAnswer standStill() {
        if (standStill == null) {
            throw new IllegalStateException("still stopped");
        }
        return standStill;
    }
}
