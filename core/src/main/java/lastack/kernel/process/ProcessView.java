package lastack.kernel.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one process is occupied with: its state, its epoll sets, its threads, and how many descriptors it has left. */
public final class ProcessView {
    private final int pid;
    private final char state;
    private final int descriptors;
    private final DescriptorLimit limit;
    private final boolean usesRing;
    private final @Nullable FrozenGroup frozen;
    private final List<ThreadWait> threads;
    private final String calls;
    private final EpollSets sets;
    private final Map<Integer, List<ThreadWait>> waits = new HashMap<>();

    /**
     * A view.
     *
     * @param pid the process
     * @param state the letter of proc_pid_stat(5): {@code T} stopped, {@code t} traced; 0 when it has ended
     * @param descriptors how many are open, or -1 when that may not be seen
     * @param limit how many may be open
     * @param polled what its epoll sets wait for
     * @param usesRing whether it has an io_uring, whose requests do not show in the other fields
     * @param threads what its threads are doing; empty when that may not be seen
     * @param frozen the control group it is frozen with, or null
     */
    public ProcessView(
            int pid,
            char state,
            int descriptors,
            DescriptorLimit limit,
            List<EpollEntry> polled,
            boolean usesRing,
            List<ThreadWait> threads,
            @Nullable FrozenGroup frozen) {
        this.pid = pid;
        this.state = state;
        this.descriptors = descriptors;
        this.limit = limit;
        this.usesRing = usesRing;
        this.frozen = frozen;
        this.threads = List.copyOf(threads);
        this.calls = calls(threads);
        this.sets = new EpollSets(polled);
        for (ThreadWait thread : threads) {
            for (int fd : thread.descriptors()) {
                waits.computeIfAbsent(fd, number -> new ArrayList<>()).add(thread);
            }
        }
    }

    /** Looks at a process; what may not be seen is left out, and everything of one that has ended meanwhile. */
    public static ProcessView of(int pid, long startTime) {
        Table table = new Table();
        new FdWalk(table).overProcess(pid);
        List<EpollEntry> polled = new ArrayList<>();
        for (int epoll : table.epolls) {
            polled.addAll(EpollEntry.parse(epoll, text(pid, "fdinfo/" + epoll)));
        }
        OptionalInt state = ProcStat.state(pid);
        DescriptorLimit limit = DescriptorLimit.parse(text(pid, "limits"));
        List<ThreadWait> threads = threads(pid);
        FrozenGroup frozen = FrozenGroup.of(pid).orElse(null);
        // A leader that has ended shows no table, while its other threads go on with theirs.
        int count = state.orElse(0) == 'Z' ? -1 : table.count;
        // Only at the end: whoever has the number now has had it all the while if it is the same process still.
        return ProcStat.startTime(pid) == startTime
                ? new ProcessView(pid, (char) state.orElse(0), count, limit, polled, table.ring, threads, frozen)
                : new ProcessView(pid, (char) 0, -1, DescriptorLimit.UNKNOWN, List.of(), false, List.of(), null);
    }

    private static List<ThreadWait> threads(int pid) {
        try {
            return new ThreadReader(pid).read();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static String text(int pid, String name) {
        try {
            return new String(Files.readAllBytes(Path.of("/proc/" + pid, name)), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    private static String calls(List<ThreadWait> threads) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (ThreadWait thread : threads) {
            counts.merge(thread.call(), 1, Integer::sum);
        }
        List<String> parts = new ArrayList<>();
        counts.forEach((call, count) -> parts.add(
                count + (call.equals("running") ? " running" : call.equals("?") ? " elsewhere" : " in " + call)));
        return String.join(", ", parts);
    }

    /** The process. */
    public int pid() {
        return pid;
    }

    /** The letter of its state; 0 when it has ended. */
    public char state() {
        return state;
    }

    /** How many descriptors are open, or -1 when that may not be seen. */
    public int descriptors() {
        return descriptors;
    }

    /** How many descriptors may be open. */
    public DescriptorLimit limit() {
        return limit;
    }

    /** Whether it has an io_uring. */
    public boolean usesRing() {
        return usesRing;
    }

    /** What its threads are doing; empty when that may not be seen. */
    public List<ThreadWait> threads() {
        return threads;
    }

    /** What all threads are doing together: {@code 2 in futex_wait_queue, 1 running}. */
    public String calls() {
        return calls;
    }

    /** The control group it is frozen with, or null. */
    public @Nullable FrozenGroup frozen() {
        return frozen;
    }

    /** Whether it stands still: by a signal, because a debugger holds it, or frozen with its control group. */
    public boolean isStopped() {
        return state == 'T' || state == 't' || frozen != null;
    }

    /** Whether it goes on only when somebody says so; what a debugger holds may go on in a moment. */
    public boolean isStoppedForGood() {
        return state == 'T' || frozen != null;
    }

    /** Whether all that may wait for a descriptor can be seen. */
    public boolean isSeen() {
        return !threads.isEmpty() && !usesRing;
    }

    /** What its epoll sets wait for on this file, under whatever descriptor it was added. */
    public List<EpollEntry> polls(long inode) {
        return sets.entriesOf(inode);
    }

    /** The entries of other sets for this set, and for those in turn. */
    public List<EpollEntry> pollsOfSet(int epoll) {
        return sets.entriesAbove(epoll);
    }

    /** The threads in a call on this descriptor, or in a wait for an epoll set that has its file, itself or in another set. */
    public List<ThreadWait> waitingFor(int fd, long inode) {
        return waiting(fd, inode, false);
    }

    /** Those of them that are woken when something can be read, the end of the stream included. */
    public List<ThreadWait> waitingToRead(int fd, long inode) {
        return waiting(fd, inode, true);
    }

    private List<ThreadWait> waiting(int fd, long inode, boolean toRead) {
        Set<ThreadWait> found = new LinkedHashSet<>();
        for (ThreadWait thread : waits.getOrDefault(fd, List.of())) {
            if (!isEpoll(thread) && (!toRead || thread.toRead().contains(fd))) {
                found.add(thread);
            }
        }
        for (int epoll : sets.woken(inode, toRead)) {
            waits.getOrDefault(epoll, List.of()).stream()
                    .filter(ProcessView::waitsForSets)
                    .forEach(found::add);
        }
        return List.copyOf(found);
    }

    /** An epoll set can be polled as any other file. */
    private static boolean waitsForSets(ThreadWait thread) {
        return switch (thread.call()) {
            case "poll", "ppoll", "select", "pselect6" -> true;
            default -> isEpoll(thread);
        };
    }

    private static boolean isEpoll(ThreadWait thread) {
        return thread.call().startsWith("epoll_");
    }

    private static final class Table implements FdWalk.Visitor {
        private final List<Integer> epolls = new ArrayList<>();
        private boolean ring;
        private int count = -1;

        @Override
        public void socket(int pid, int fd, long inode) {}

        @Override
        public void unreadable(int pid) {}

        @Override
        public void vanished(int pid) {}

        @Override
        public void epoll(int pid, int fd) {
            epolls.add(fd);
        }

        @Override
        public void ring(int pid, int fd) {
            ring = true;
        }

        @Override
        public void descriptors(int pid, int found) {
            count = found;
        }
    }
}
