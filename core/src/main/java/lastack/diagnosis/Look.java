package lastack.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lastack.model.Gap;
import lastack.model.TcpSocket;
import lastack.model.UnavailableException;
import lastack.sockets.LazyOwners;
import lastack.sockets.Query;
import lastack.sockets.SocketTable;
import org.jspecify.annotations.Nullable;

/** The sockets of one namespace that match, as one look found them. */
final class Look {
    private final SocketTable table;
    private final List<TcpSocket> sockets = new ArrayList<>();
    private int matched;

    private Look(SocketTable table) {
        this.table = table;
    }

    /** Looks at a namespace and keeps so many at most of those that match. */
    static Look at(SocketTable table, Query query, LazyOwners owners, int most, Set<Gap> gaps)
            throws UnavailableException {
        Look look = new Look(table);
        gaps.addAll(table.stream(query, owners, socket -> look.add(socket, most)));
        return look;
    }

    private void add(TcpSocket socket, int most) {
        matched++;
        if (sockets.size() < most) {
            sockets.add(socket);
        }
    }

    SocketTable table() {
        return table;
    }

    /** How many match. */
    int matched() {
        return matched;
    }

    List<TcpSocket> sockets() {
        return sockets;
    }

    /** Whether something holds one of them that was not found. */
    boolean lacksOwners() {
        return sockets.stream().anyMatch(Look::lacksOwner);
    }

    private static boolean lacksOwner(TcpSocket socket) {
        return socket.inode() != 0 && socket.owners().isEmpty();
    }

    /**
     * Gives those without an owner the one a later walk has found: whoever has made or received a socket since the first walk
     * came by him shows only then. What has none even so, and has been closed or moved on meanwhile, may have lost it before that
     * walk: it is left out, as if the look had been a moment later.
     */
    void settle(LazyOwners later) throws UnavailableException {
        sockets.replaceAll(socket -> lacksOwner(socket) ? socket.withOwners(later.of(socket.inode())) : socket);
        List<TcpSocket> strangers = sockets.stream().filter(Look::lacksOwner).toList();
        Map<Long, TcpSocket> now = table.findAgain(strangers);
        int kept = sockets.size();
        sockets.removeIf(socket ->
                lacksOwner(socket) && !isAsItWas(socket, now.get(socket.id().cookie())));
        matched -= kept - sockets.size();
    }

    private static boolean isAsItWas(TcpSocket socket, @Nullable TcpSocket now) {
        return now != null && now.state() == socket.state() && now.inode() == socket.inode();
    }
}
