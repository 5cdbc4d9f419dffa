package lastack.sockets;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import lastack.kernel.process.Privileges;
import lastack.model.Gap;
import lastack.model.Owner;

/** Who holds which socket, found by one complete walk over all processes. */
final class OwnerIndex {
    /** There always is one; who does not see it does not see all. */
    private static final Path INIT = Path.of("/proc/1");

    private final ProcessWalk walk;
    private final Map<Integer, Optional<ProcessDescription>> processes = new HashMap<>();
    private final Users users = Users.ofThisHost();

    private OwnerIndex(ProcessWalk walk) {
        this.walk = walk;
    }

    /** Knows of nobody. */
    static OwnerIndex empty() {
        return new OwnerIndex(ProcessWalk.overNone());
    }

    /** Walks over all processes; what cannot be read becomes a gap. */
    static OwnerIndex walk() {
        return new OwnerIndex(ProcessWalk.overAll());
    }

    /** Every descriptor that refers to the socket, lowest pid and descriptor first. */
    List<Owner> ownersOf(long inode) {
        if (inode == 0) {
            return List.of();
        }
        List<Owner> owners = new ArrayList<>(1);
        walk.forEachHolder(inode, (pid, fd) -> describe(pid).ifPresent(process -> owners.add(process.holding(fd))));
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
        walk.forEachHolder(inode, (pid, fd) -> consumer.accept(pid));
    }

    /** What the walk could not see. */
    List<Gap> gaps() {
        List<Gap> all = hidden();
        if (!walk.vanished().isEmpty()) {
            all.add(new Gap(
                    "owners",
                    count(walk.vanished().size()) + " ended while being looked at",
                    "look again if one is missed"));
        }
        return all;
    }

    /** Processes that are there and may not be looked at. */
    List<Gap> hidden() {
        List<Gap> all = new ArrayList<>();
        if (walk.failure() != null) {
            all.add(new Gap("owners", "cannot list /proc: " + walk.failure(), "mount /proc"));
        }
        if (!walk.unreadable().isEmpty()) {
            all.add(new Gap(
                    "owners",
                    "the descriptors of " + count(walk.unreadable().size()) + " may not be read",
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
}
