package lastack.cli.census;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import lastack.model.Gap;
import lastack.model.NetNamespace;
import lastack.model.UnavailableException;
import lastack.sockets.Namespaces;
import lastack.sockets.SocketTable;
import lastack.sockets.SocketTables;

/**
 * The tables of the namespaces that are watched, while namespaces come and go.
 *
 * <p>An open table keeps its namespace alive, so one that has no name and no process any more must be let go.
 */
final class Tables implements AutoCloseable {
    private final Pace pace = new Pace();
    private final String netns;
    private SocketTables opened;
    private Set<Long> known = Set.of();
    private final List<Gap> gone = new ArrayList<>();

    private Tables(String netns, SocketTables opened) {
        this.netns = netns;
        this.opened = opened;
    }

    /** Opens those a user names, as {@link SocketTables#open} does. */
    static Tables open(String netns) throws UnavailableException {
        Tables tables = new Tables(netns, SocketTables.open(netns));
        tables.known = netns.equals("all") ? inodes() : Set.of();
        tables.pace.run(() -> {});
        return tables;
    }

    /** Those that are there now, if enough time has passed since it was last looked. */
    void refresh() {
        if (!netns.equals("self") && pace.isDue()) {
            pace.run(this::look);
        }
    }

    private void look() {
        try {
            if (netns.equals("all")) {
                reopenIfOthers(inodes());
            } else {
                swap(SocketTables.open(netns));
            }
            gone.clear();
        } catch (UnavailableException e) {
            opened.close();
            gone.clear();
            gone.add(new Gap("network namespace " + netns, e.why(), e.remedy()));
        }
    }

    private void reopenIfOthers(Set<Long> present) throws UnavailableException {
        if (!present.equals(known)) {
            swap(SocketTables.open(netns));
            known = present;
        }
    }

    private void swap(SocketTables next) {
        opened.close();
        opened = next;
    }

    private static Set<Long> inodes() throws UnavailableException {
        Set<Long> inodes = new HashSet<>();
        for (NetNamespace namespace : Namespaces.all().keySet()) {
            inodes.add(namespace.inode());
        }
        return inodes;
    }

    List<SocketTable> all() {
        return gone.isEmpty() ? opened.tables() : List.of();
    }

    List<Gap> gaps() {
        return gone.isEmpty() ? opened.gaps() : List.copyOf(gone);
    }

    @Override
    public void close() {
        opened.close();
    }
}
