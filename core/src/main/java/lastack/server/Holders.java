package lastack.server;

import java.util.ArrayList;
import java.util.List;
import lastack.model.Owner;
import lastack.model.TcpSocket;
import lastack.model.UnavailableException;
import lastack.ports.LocalPort;
import lastack.sockets.Query;
import lastack.sockets.SocketTable;

/** Who stands on a port, for the reader of a message. */
final class Holders {
    private static final int SHOWN = 3;

    private Holders() {}

    static List<TcpSocket> of(LocalPort port) throws UnavailableException {
        try (SocketTable table = SocketTable.open()) {
            return table.snapshot(Query.of(port.rivals())).sockets();
        }
    }

    /** {@code : LISTEN 0.0.0.0:8080 of nginx[4711]}, a few of them. */
    static String named(List<TcpSocket> holders) {
        List<String> names = new ArrayList<>();
        for (TcpSocket socket : holders.subList(0, Math.min(SHOWN, holders.size()))) {
            names.add(socket.state() + " " + socket.local() + owners(socket));
        }
        String more = holders.size() > SHOWN ? " and " + (holders.size() - SHOWN) + " more" : "";
        return names.isEmpty() ? "; no socket on it can be seen" : ": " + String.join(", ", names) + more;
    }

    private static String owners(TcpSocket socket) {
        List<String> labels =
                socket.owners().stream().map(Owner::label).distinct().toList();
        if (!labels.isEmpty()) {
            return " of " + String.join(" and ", labels);
        }
        return socket.inode() == 0 ? " of no process" : " of a process that cannot be seen";
    }
}
