package lastack.kernel.process;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The epoll sets of one process, of which one can be in another ({@code EP_MAX_NESTS} of {@code fs/eventpoll.c}: four deep). */
final class EpollSets {
    private final Map<Long, List<EpollEntry>> byInode = new HashMap<>();

    /** The entries for sets, by the descriptor these were added under. */
    private final Map<Integer, List<EpollEntry>> above = new HashMap<>();

    EpollSets(List<EpollEntry> entries) {
        for (EpollEntry entry : entries) {
            if (entry.nests()) {
                above.computeIfAbsent(entry.fd(), fd -> new ArrayList<>()).add(entry);
            } else {
                byInode.computeIfAbsent(entry.inode(), inode -> new ArrayList<>())
                        .add(entry);
            }
        }
    }

    /** What the sets wait for on this file. */
    List<EpollEntry> entriesOf(long inode) {
        return byInode.getOrDefault(inode, List.of());
    }

    /** The entries for this set, for the sets those are in, and so on. */
    List<EpollEntry> entriesAbove(int epoll) {
        Set<EpollEntry> found = new LinkedHashSet<>(above.getOrDefault(epoll, List.of()));
        List<EpollEntry> open = new ArrayList<>(found);
        while (!open.isEmpty()) {
            int next = open.removeLast().epoll();
            for (EpollEntry entry : above.getOrDefault(next, List.of())) {
                // Numbers may have been given to other sets since: what the kernel forbids may seem to be there.
                if (found.add(entry)) {
                    open.add(entry);
                }
            }
        }
        return List.copyOf(found);
    }

    /**
     * The sets that become readable when something happens to this file.
     *
     * @param toRead only when it can be read, the end of the stream included
     */
    Set<Integer> woken(long inode, boolean toRead) {
        Set<Integer> woken = new LinkedHashSet<>();
        for (EpollEntry entry : entriesOf(inode)) {
            if (toRead ? entry.waitsToRead() : !entry.hasFired()) {
                wake(entry.epoll(), woken);
            }
        }
        return woken;
    }

    /** A set is readable once one of its entries has fired: whoever waits for another thing of it is not woken. */
    private void wake(int epoll, Set<Integer> woken) {
        if (woken.add(epoll)) {
            above.getOrDefault(epoll, List.of()).stream()
                    .filter(EpollEntry::waitsToRead)
                    .forEach(entry -> wake(entry.epoll(), woken));
        }
    }
}
