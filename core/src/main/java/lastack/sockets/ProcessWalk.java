package lastack.sockets;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import lastack.kernel.Errno;
import lastack.kernel.KernelException;
import lastack.kernel.process.FdWalk;
import org.jspecify.annotations.Nullable;

/**
 * One complete walk over the descriptors of all processes, spread over the processors: nearly all of its time is the kernel's.
 *
 * <p>Processes that were born meanwhile are visited too: one may have inherited a descriptor that its parent has closed since.
 */
final class ProcessWalk {
    /** Fewer are walked over in less time than it takes to begin a thread. */
    private static final int PROCESSES_WORTH_A_THREAD = 8;

    private static final int ROUNDS = 3;

    private final List<Part> parts = new ArrayList<>();
    private @Nullable Errno failure;

    private ProcessWalk() {}

    static ProcessWalk overNone() {
        return new ProcessWalk();
    }

    /** Walks over all processes. */
    static ProcessWalk overAll() {
        ProcessWalk walk = new ProcessWalk();
        try {
            int[] known = {};
            for (int round = 0; round < ROUNDS; round++) {
                int[] now = FdWalk.processes();
                int[] born = without(now, known);
                if (born.length == 0) {
                    break;
                }
                walk.over(born);
                known = now;
            }
        } catch (KernelException e) {
            walk.failure = e.errno();
        }
        return walk;
    }

    /** Both in ascending order, as {@code /proc} lists them. */
    private static int[] without(int[] some, int[] others) {
        int[] rest = new int[some.length];
        int count = 0;
        for (int pid : some) {
            if (Arrays.binarySearch(others, pid) < 0) {
                rest[count++] = pid;
            }
        }
        return Arrays.copyOf(rest, count);
    }

    private void over(int[] pids) {
        AtomicInteger next = new AtomicInteger();
        int threads = Math.min(Runtime.getRuntime().availableProcessors(), pids.length / PROCESSES_WORTH_A_THREAD);
        List<FutureTask<Part>> others = new ArrayList<>();
        for (int i = 1; i < threads; i++) {
            FutureTask<Part> task = new FutureTask<>(() -> new Part().over(pids, next));
            Thread thread = new Thread(task, "walk");
            thread.setDaemon(true);
            thread.start();
            others.add(task);
        }
        parts.add(new Part().over(pids, next));
        others.forEach(task -> parts.add(result(task)));
    }

    /** A part that failed must not look like one that found nothing. */
    private static Part result(FutureTask<Part> task) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("the walk over the processes broke off", e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Every holder of the socket. */
    void forEachHolder(long inode, HolderMap.Visitor visitor) {
        for (Part part : parts) {
            part.holders.forEach(inode, visitor);
        }
    }

    /** Processes that are there and may not be looked at. */
    Set<Integer> unreadable() {
        Set<Integer> all = new HashSet<>();
        parts.forEach(part -> all.addAll(part.unreadable));
        return all;
    }

    /** Processes that ended while they were looked at. */
    Set<Integer> vanished() {
        Set<Integer> all = new HashSet<>();
        parts.forEach(part -> all.addAll(part.vanished));
        return all;
    }

    /** Why {@code /proc} cannot be listed, or null. */
    @Nullable
    Errno failure() {
        return failure;
    }

    /** What one thread found. */
    private static final class Part implements FdWalk.Visitor {
        private final HolderMap holders = new HolderMap();
        private final Set<Integer> unreadable = new HashSet<>();
        private final Set<Integer> vanished = new HashSet<>();

        Part over(int[] pids, AtomicInteger next) {
            FdWalk walk = new FdWalk(this);
            for (int i = next.getAndIncrement(); i < pids.length; i = next.getAndIncrement()) {
                walk.overProcess(pids[i]);
            }
            return this;
        }

        @Override
        public void socket(int pid, int fd, long inode) {
            holders.add(inode, pid, fd);
        }

        @Override
        public void unreadable(int pid) {
            unreadable.add(pid);
        }

        @Override
        public void vanished(int pid) {
            vanished.add(pid);
        }
    }
}
