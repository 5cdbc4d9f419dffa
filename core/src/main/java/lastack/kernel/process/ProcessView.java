package lastack.kernel.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * What one process is occupied with: its state, its epoll sets, its threads, and how many descriptors it has left.
 *
 * @param pid the process
 * @param state the letter of proc_pid_stat(5): {@code T} stopped, {@code t} traced; 0 when it has ended
 * @param descriptors how many are open, or -1 when that may not be seen
 * @param limit how many may be open
 * @param polled what its epoll sets wait for
 * @param usesRing whether it has an io_uring, whose requests do not show in the other fields
 * @param threads what its threads are doing; empty when that may not be seen
 */
public record ProcessView(
        int pid,
        char state,
        int descriptors,
        DescriptorLimit limit,
        List<EpollEntry> polled,
        boolean usesRing,
        List<ThreadWait> threads) {

    /** Looks at a process; what may not be seen, or has ended meanwhile, is left out. */
    public static ProcessView of(int pid) {
        Table table = new Table();
        new FdWalk(table).overProcess(pid);
        List<EpollEntry> polled = new ArrayList<>();
        for (int epoll : table.epolls) {
            polled.addAll(EpollEntry.parse(epoll, text(pid, "fdinfo/" + epoll)));
        }
        OptionalInt state = ProcStat.state(pid);
        return new ProcessView(
                pid,
                (char) state.orElse(0),
                table.count,
                DescriptorLimit.parse(text(pid, "limits")),
                polled,
                table.ring,
                threads(pid));
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

    /** Whether it stands still: by a signal, or because a debugger holds it. */
    public boolean isStopped() {
        return state == 'T' || state == 't';
    }

    /** What its epoll sets wait for on this descriptor of this file. */
    public List<EpollEntry> polls(int fd, long inode) {
        return polled.stream()
                .filter(entry -> entry.fd() == fd && entry.inode() == inode)
                .toList();
    }

    /** The threads in a call on this descriptor, or in a wait for an epoll set that has it. */
    public List<ThreadWait> waitingFor(int fd, long inode) {
        List<Integer> sets =
                polls(fd, inode).stream().map(EpollEntry::epoll).distinct().toList();
        return threads.stream().filter(thread -> waits(thread, fd, sets)).toList();
    }

    private static boolean waits(ThreadWait thread, int fd, List<Integer> sets) {
        if (thread.call().startsWith("epoll_")) {
            return sets.stream().anyMatch(thread.descriptors()::contains);
        }
        return thread.descriptors().contains(fd);
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
