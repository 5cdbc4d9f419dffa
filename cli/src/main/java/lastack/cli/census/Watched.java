package lastack.cli.census;

import java.util.BitSet;
import java.util.List;
import lastack.model.NetNamespace;
import lastack.model.Owner;
import lastack.model.SocketView;
import lastack.model.TcpState;

/** One namespace from look to look: its sockets, the ports somebody listens on, and which group each socket belongs to. */
final class Watched {
    private static final int PORTS = 1 << 16;
    private static final String NOT_VISIBLE = "not visible";
    private static final String NOT_LOOKED_YET = "...";

    /** The first port of {@code ip_local_port_range} by default: what is above was mostly taken for a client. */
    private static final int FIRST_EPHEMERAL = 32_768;

    private final NetNamespace netns;
    private final Owners owners;
    private final Recall recall = new Recall();
    private BitSet listened = new BitSet(PORTS);
    private BitSet listenedEarlier = new BitSet(PORTS);
    private int walksEarlier;
    private boolean missesOwners;
    private int count;

    Watched(NetNamespace netns, Owners owners) {
        this.netns = netns;
        this.owners = owners;
    }

    void begin() {
        recall.begin();
        BitSet reused = listenedEarlier;
        listenedEarlier = listened;
        listened = reused;
        listened.clear();
        missesOwners = false;
        count = 0;
    }

    void end() {
        walksEarlier = owners.walks();
    }

    Place place() {
        return new Place(netns, count);
    }

    Recall recall() {
        return recall;
    }

    /** Whether a program surely holds one of the sockets, but it cannot be seen which. */
    boolean missesOwners() {
        return missesOwners;
    }

    void seen(SocketView socket) {
        count++;
        if (socket.state() == TcpState.LISTEN) {
            listened.set(socket.local().port());
        }
    }

    /** The number of the socket's group; that of the earlier look, unless something about it may have changed. */
    int group(SocketView socket, int earlier, Tally tally) {
        if (isUnconnected(socket.state())) {
            return Tally.NONE;
        }
        int number = earlier >= 0 && recall.stateAt(earlier) == socket.state() ? recall.groupAt(earlier) : Tally.NONE;
        Circle circle = tally.circle(number);
        if (circle == null || !isStillTrue(circle.owner(), socket)) {
            circle = circle(
                    socket, earlier < 0 || circle == null || !circle.owner().equals(NOT_VISIBLE));
            number = tally.number(circle);
        }
        missesOwners |= circle.owner().equals(NOT_VISIBLE);
        return number;
    }

    private boolean isStillTrue(String owner, SocketView socket) {
        return switch (owner) {
            case NOT_VISIBLE, NOT_LOOKED_YET -> socket.inode() != 0 && walksEarlier == owners.walks();
            case Held.KERNEL, Held.NOT_ACCEPTED -> socket.inode() == 0;
            default -> socket.inode() != 0;
        };
    }

    private static boolean isUnconnected(TcpState state) {
        return switch (state) {
            case LISTEN, CLOSED, BOUND_INACTIVE -> true;
            default -> false;
        };
    }

    private Circle circle(SocketView socket, boolean isNew) {
        String owner = owner(socket, isNew);
        return isServed(socket)
                ? new Circle(netns, socket.state(), owner, null, socket.local().port())
                : new Circle(
                        netns,
                        socket.state(),
                        owner,
                        socket.peer().address(),
                        socket.peer().port());
    }

    private String owner(SocketView socket, boolean isNew) {
        if (socket.inode() == 0) {
            return Held.byNobody(socket.state());
        }
        List<Owner> holders = owners.of(socket.inode());
        if (!holders.isEmpty()) {
            return holders.getFirst().label();
        }
        if (isNew) {
            owners.want();
        }
        return owners.walks() == 0 ? NOT_LOOKED_YET : NOT_VISIBLE;
    }

    /** Whether the service is at this end: somebody listens on the port, or it looks less like a client's. */
    boolean isServed(SocketView socket) {
        int port = socket.local().port();
        if (listened.get(port) || listenedEarlier.get(port)) {
            return true;
        }
        return port < FIRST_EPHEMERAL && port < socket.peer().port();
    }
}
