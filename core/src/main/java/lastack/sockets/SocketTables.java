package lastack.sockets;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import lastack.kernel.process.Privileges;
import lastack.model.Gap;
import lastack.model.NetNamespace;
import lastack.model.SocketView;
import lastack.model.TcpSocket;
import lastack.model.UnavailableException;

/** The tables of one or more network namespaces, asked together. */
public final class SocketTables implements AutoCloseable {
    private final List<SocketTable> tables = new ArrayList<>();
    private final List<Gap> gaps = new ArrayList<>();

    private SocketTables() {}

    /**
     * Opens the tables a user names.
     *
     * @param netns {@code self}, {@code all}, or what {@link Namespaces#pathOf} takes
     * @throws UnavailableException when a single one cannot be opened; with {@code all} the others become gaps
     */
    public static SocketTables open(String netns) throws UnavailableException {
        SocketTables opened = new SocketTables();
        try {
            switch (netns) {
                case "self" -> opened.tables.add(SocketTable.open());
                case "all" -> opened.openAll();
                default -> opened.tables.add(SocketTable.open(Namespaces.pathOf(netns)));
            }
            return opened;
        } catch (UnavailableException e) {
            opened.close();
            throw e;
        }
    }

    private void openAll() throws UnavailableException {
        long self = Namespaces.self().inode();
        List<UnavailableException> closed = new ArrayList<>();
        for (Map.Entry<NetNamespace, Path> other : Namespaces.all().entrySet()) {
            if (other.getKey().inode() == self) {
                tables.addFirst(SocketTable.open(other.getKey(), null));
            } else {
                openOther(other.getKey(), other.getValue(), closed);
            }
        }
        if (!closed.isEmpty()) {
            gaps.add(closedNamespaces(closed));
        }
        if (Namespaces.someAreHidden()) {
            gaps.add(new Gap(
                    "network namespaces",
                    "those of some processes may not be looked at",
                    Privileges.own().seesAllDescriptors()
                            ? "a security module or another user namespace forbids it, even to root"
                            : "run as root, or with CAP_SYS_PTRACE and CAP_SYS_ADMIN"));
        }
    }

    /**
     * Opens the tables of namespaces that have come since, and closes those of which nobody else is left; only of those opened with
     * {@code all}. A table keeps its namespace, which would stay as long as somebody watches it.
     */
    public void refresh() throws UnavailableException {
        Map<NetNamespace, Path> now = Namespaces.all();
        Set<Long> there = new HashSet<>();
        now.keySet().forEach(namespace -> there.add(namespace.inode()));
        tables.removeIf(table -> {
            boolean gone = !there.contains(table.namespace().inode());
            if (gone) {
                table.close();
            }
            return gone;
        });
        tables.forEach(table -> there.remove(table.namespace().inode()));
        now.forEach((namespace, path) -> {
            if (there.contains(namespace.inode())) {
                openOther(namespace, path, new ArrayList<>());
            }
        });
    }

    private void openOther(NetNamespace namespace, Path path, List<UnavailableException> closed) {
        try {
            tables.add(SocketTable.enter(namespace, path));
        } catch (UnavailableException e) {
            if (Files.exists(path)) {
                closed.add(e);
            }
        }
    }

    private static Gap closedNamespaces(List<UnavailableException> closed) {
        String count = closed.size() == 1 ? "1 other" : closed.size() + " others";
        UnavailableException first = closed.getFirst();
        return new Gap("network namespaces", count + " cannot be listed: " + first.why(), first.remedy());
    }

    /** The tables, that of the calling thread's namespace first where it is among them. */
    public List<SocketTable> tables() {
        return List.copyOf(tables);
    }

    /** The namespaces that cannot be seen. */
    public List<Gap> gaps() {
        return List.copyOf(gaps);
    }

    /** Hands every matching socket of every table to the consumer, with one walk over the processes for all. */
    public List<Gap> stream(Query query, Consumer<TcpSocket> consumer) throws UnavailableException {
        return scan(query, socket -> consumer.accept(socket.keep()));
    }

    /** The same for a consumer that keeps none, see {@link SocketTable#scan}. */
    public List<Gap> scan(Query query, Consumer<SocketView> consumer) throws UnavailableException {
        LazyOwners owners = new LazyOwners();
        List<Gap> all = new ArrayList<>(gaps);
        for (SocketTable table : tables) {
            for (Gap gap : table.scan(query, owners, consumer)) {
                if (!all.contains(gap)) {
                    all.add(gap);
                }
            }
        }
        return all;
    }

    @Override
    public void close() {
        tables.forEach(SocketTable::close);
    }
}
