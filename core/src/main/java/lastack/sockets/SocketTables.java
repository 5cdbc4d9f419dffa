package lastack.sockets;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import lastack.kernel.process.Privileges;
import lastack.model.Gap;
import lastack.model.NetNamespace;
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
     * @param netns {@code self}, {@code all}, a name under {@code /run/netns}, a pid or an inode
     * @throws UnavailableException when a single one cannot be opened; with {@code all} the others become gaps
     */
    public static SocketTables open(String netns) throws UnavailableException {
        SocketTables opened = new SocketTables();
        switch (netns) {
            case "self" -> opened.tables.add(SocketTable.open());
            case "all" -> opened.openAll();
            default -> opened.tables.add(SocketTable.open(Namespaces.pathOf(netns)));
        }
        return opened;
    }

    private void openAll() throws UnavailableException {
        tables.add(SocketTable.open());
        long self = tables.getFirst().namespace().inode();
        for (Map.Entry<NetNamespace, Path> other : Namespaces.all().entrySet()) {
            if (other.getKey().inode() != self) {
                openOther(other.getKey(), other.getValue());
            }
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

    private void openOther(NetNamespace namespace, Path path) {
        try {
            tables.add(SocketTable.open(path));
        } catch (UnavailableException e) {
            gaps.add(new Gap(
                    "network namespace " + namespace.label(),
                    String.valueOf(e.getMessage()),
                    "run as root, or with CAP_SYS_ADMIN"));
        }
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
        LazyOwners owners = new LazyOwners();
        List<Gap> all = new ArrayList<>(gaps);
        for (SocketTable table : tables) {
            for (Gap gap : table.stream(query, owners, consumer)) {
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
