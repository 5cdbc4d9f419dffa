package lastack.sockets;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;
import lastack.kernel.KernelException;
import lastack.kernel.process.FdWalk;
import lastack.kernel.process.Privileges;
import lastack.model.Gap;
import lastack.model.Owner;

/** Who holds which socket, found by one complete walk over all processes. */
final class OwnerIndex {
    /** There always is one; who does not see it does not see all. */
    private static final Path INIT = Path.of("/proc/1");

    private final HolderMap holders = new HolderMap();
    private final Map<Integer, Optional<ProcessDescription>> processes = new HashMap<>();
    private final Users users = Users.ofThisHost();
    private final Set<Integer> unreadable = new HashSet<>();
    private final Set<Integer> vanished = new HashSet<>();
    private final List<Gap> gaps = new ArrayList<>();

    private OwnerIndex() {}

    /** Walks over all processes; what cannot be read becomes a gap. */
    static OwnerIndex walk() {
        OwnerIndex index = new OwnerIndex();
        try {
            new FdWalk(index.new Collector()).overAllProcesses();
        } catch (KernelException e) {
            index.gaps.add(new Gap("owners", "cannot list /proc: " + e.errno(), "mount /proc"));
        }
        return index;
    }

    /** Every descriptor that refers to the socket, lowest pid and descriptor first. */
    List<Owner> ownersOf(long inode) {
        if (inode == 0) {
            return List.of();
        }
        List<Owner> owners = new ArrayList<>(1);
        holders.forEach(inode, (pid, fd) -> describe(pid).ifPresent(process -> owners.add(process.holding(fd))));
        if (owners.size() > 1) {
            owners.sort(Comparator.comparingInt(Owner::pid).thenComparingInt(Owner::fd));
        }
        return owners;
    }

    private Optional<ProcessDescription> describe(int pid) {
        return processes.computeIfAbsent(pid, key -> ProcessDescription.read(key, users));
    }

    /** Every process that has a descriptor of the socket, once for each descriptor. */
    void forEachHolder(long inode, IntConsumer consumer) {
        holders.forEach(inode, (pid, fd) -> consumer.accept(pid));
    }

    /** What the walk could not see. */
    List<Gap> gaps() {
        List<Gap> all = hidden();
        if (!vanished.isEmpty()) {
            all.add(new Gap(
                    "owners", count(vanished.size()) + " ended while being looked at", "look again if one is missed"));
        }
        return all;
    }

    /** Processes that are there and may not be looked at. */
    List<Gap> hidden() {
        List<Gap> all = new ArrayList<>(gaps);
        if (!unreadable.isEmpty()) {
            all.add(new Gap(
                    "owners",
                    "the descriptors of " + count(unreadable.size()) + " may not be read",
                    Privileges.own().seesAllDescriptors()
                            ? "a security module or another user namespace forbids it, even to root"
                            : "run as root, or with CAP_SYS_PTRACE and CAP_DAC_READ_SEARCH"));
        }
        if (!Files.exists(INIT)) {
            all.add(new Gap(
                    "owners",
                    "/proc hides the processes of other users (hidepid)",
                    "run as root, or with CAP_SYS_PTRACE"));
        }
        return all;
    }

    private static String count(int processes) {
        return processes == 1 ? "1 process" : processes + " processes";
    }

    private final class Collector implements FdWalk.Visitor {
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
