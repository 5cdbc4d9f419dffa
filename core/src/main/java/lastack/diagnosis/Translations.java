package lastack.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lastack.kernel.KernelException;
import lastack.kernel.ProcSys;
import lastack.kernel.conntrack.Conntrack;
import lastack.model.Endpoint;
import lastack.model.Flow;
import lastack.model.ForwardedConnection;
import lastack.model.TcpSocket;
import lastack.model.UnavailableException;
import lastack.sockets.SocketTable;

/** What the namespaces of this host remember of connections whose addresses they may have translated (NAT). */
final class Translations implements AutoCloseable {
    /** A question takes some microseconds for each namespace that remembers connections. */
    private static final int MOST_QUESTIONS = 10_000;

    private final List<Conntrack> tables = new ArrayList<>();
    private int questions;

    private Translations() {}

    /** Those of the namespaces that remember any connection; only such a one translates. */
    static Translations in(List<SocketTable> namespaces) {
        Translations all = new Translations();
        namespaces.forEach(all::add);
        return all;
    }

    private void add(SocketTable namespace) {
        try {
            namespace.inside(this::open);
        } catch (UnavailableException e) {
            return; // It has no conntrack, or is gone: nothing is remembered there.
        }
    }

    private boolean open() throws KernelException {
        return ProcSys.number("net.netfilter.nf_conntrack_count", 0) > 0 && tables.add(Conntrack.open());
    }

    /** Whether there may be any. */
    boolean mayBe() {
        return !tables.isEmpty();
    }

    /** The two ends as the socket at the other end has them, its own first; nothing where the connection is not remembered. */
    Optional<Flow> ofOtherEnd(TcpSocket socket) {
        Flow ours = new Flow(plain(socket.local()), plain(socket.peer()));
        Optional<Flow> remembered = Optional.empty();
        for (Conntrack table : tables) {
            Optional<ForwardedConnection> entry = ask(table, ours);
            if (entry.isPresent()) {
                remembered = entry.map(found -> found.original().equals(ours) ? found.reply() : found.original());
                if (entry.get().translated()) {
                    break;
                }
            }
        }
        return remembered;
    }

    /** Without {@code CAP_NET_ADMIN} nothing is told. */
    private Optional<ForwardedConnection> ask(Conntrack table, Flow flow) {
        try {
            return ++questions > MOST_QUESTIONS ? Optional.empty() : table.find(flow);
        } catch (KernelException e) {
            return Optional.empty();
        }
    }

    private static Endpoint plain(Endpoint end) {
        return new Endpoint(end.address().unmapped(), end.port());
    }

    @Override
    public void close() {
        tables.forEach(Conntrack::close);
    }
}
