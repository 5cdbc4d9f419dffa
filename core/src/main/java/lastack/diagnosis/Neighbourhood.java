package lastack.diagnosis;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import lastack.filter.Filter;
import lastack.filter.FilterSyntaxException;
import lastack.kernel.net.TcpSettings;
import lastack.model.Endpoint;
import lastack.model.IpAddress;
import lastack.model.TcpSocket;
import lastack.model.TcpState;
import lastack.model.UnavailableException;
import lastack.sockets.LazyOwners;
import lastack.sockets.Query;
import lastack.sockets.SocketTable;
import org.jspecify.annotations.Nullable;

/**
 * The other sockets of a namespace, as far as the asked ones have to do with them: one look at the listeners, one at the
 * states that are asked about, and nothing kept but numbers.
 */
final class Neighbourhood {
    /** No process: what the kernel or a listener's queue has. */
    private static final int NOBODY = 0;

    private final TcpSettings settings;
    private final LazyOwners owners;
    private final Listeners listeners;

    /** Those with a socket in any state but TIME-WAIT. */
    private final Set<Integer> usedPorts = new HashSet<>();

    private final Map<Kin, Map<Integer, Circle>> circles = new HashMap<>();
    private final Map<Destination, PortsTaken> ports = new HashMap<>();

    /** What is alike: how many, and which. */
    private static final class Circle {
        private final Set<Long> cookies = new HashSet<>();
        private Sisters sisters = Sisters.NONE;

        void add(TcpSocket socket) {
            if (cookies.add(socket.id().cookie())) {
                sisters = sisters.with(socket);
            }
        }
    }

    /** From where to where connections go. */
    record Destination(IpAddress from, IpAddress host, int port) {
        static Destination of(TcpSocket socket) {
            Endpoint peer = socket.peer();
            return new Destination(
                    socket.local().address().unmapped(), peer.address().unmapped(), peer.port());
        }
    }

    private Neighbourhood(TcpSettings settings, LazyOwners owners) {
        this.settings = settings;
        this.owners = owners;
        this.listeners = new Listeners(owners);
    }

    static Neighbourhood of(SocketTable table, List<TcpSocket> asked, TcpSettings settings, LazyOwners owners)
            throws UnavailableException {
        Neighbourhood made = new Neighbourhood(settings, owners);
        table.stream(query("state listening").withDetails(), made.listeners::add);
        asked.forEach(made::expect);
        table.stream(query(made.states(asked)), made::add);
        return made;
    }

    static Query query(String filter) {
        try {
            return Query.of(Filter.parse(filter)).withoutOwners();
        } catch (FilterSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many ports are taken depends on sockets in every state. */
    private String states(List<TcpSocket> asked) {
        Set<String> names = new TreeSet<>();
        for (TcpSocket socket : asked) {
            if (mayBeOutgoing(socket) || socket.state() == TcpState.UNKNOWN) {
                return "";
            }
            names.add("state " + socket.state().label().toLowerCase(Locale.ROOT));
        }
        return String.join(" ", names);
    }

    private boolean mayBeOutgoing(TcpSocket socket) {
        int port = socket.local().port();
        return settings.isEphemeral(port) && !listeners.areOn(port);
    }

    private void expect(TcpSocket asked) {
        circles.computeIfAbsent(kin(asked), key -> new HashMap<>())
                .computeIfAbsent(firstOwner(asked), key -> new Circle());
        ports.putIfAbsent(Destination.of(asked), PortsTaken.NONE);
    }

    private static int firstOwner(TcpSocket socket) {
        return socket.owners().isEmpty() ? NOBODY : socket.owners().getFirst().pid();
    }

    private void add(TcpSocket socket) {
        if (socket.state() != TcpState.TIME_WAIT) {
            usedPorts.add(socket.local().port());
        }
        count(socket, circles.get(Kin.of(socket, true)));
        count(socket, circles.get(Kin.of(socket, false)));
        if (settings.isEphemeral(socket.local().port())) {
            boolean waits = socket.state() == TcpState.TIME_WAIT;
            ports.computeIfPresent(Destination.of(socket), (to, taken) -> taken.with(waits));
        }
    }

    /** By its holders, not by the owners that are expected: both may be thousands. */
    private void count(TcpSocket socket, @Nullable Map<Integer, Circle> expected) {
        if (expected == null) {
            return;
        }
        if (socket.inode() == 0) {
            add(socket, expected.get(NOBODY));
        } else {
            owners.forEachHolder(socket.inode(), pid -> add(socket, expected.get(pid)));
        }
    }

    private static void add(TcpSocket socket, @Nullable Circle circle) {
        if (circle != null) {
            circle.add(socket);
        }
    }

    /**
     * Whether the service is at this end. Where the kernel's counts do not tell, a listener on the port does, or that the
     * kernel would not have given it out.
     */
    boolean isServed(TcpSocket socket) {
        int port = socket.local().port();
        return switch (Opener.of(socket)) {
            case THIS_END -> false;
            case OTHER_END -> true;
            case UNKNOWN -> listeners.areOn(port) || !settings.isEphemeral(port);
        };
    }

    Kin kin(TcpSocket socket) {
        return Kin.of(socket, isServed(socket));
    }

    /** Sockets like this one of the same process, itself among them. */
    Sisters sisters(TcpSocket socket) {
        Circle circle = circleOf(socket);
        return circle == null ? Sisters.NONE : circle.sisters;
    }

    /** Their cookies. */
    Set<Long> circle(TcpSocket socket) {
        Circle circle = circleOf(socket);
        return circle == null ? Set.of() : Set.copyOf(circle.cookies);
    }

    private @Nullable Circle circleOf(TcpSocket socket) {
        return circles.getOrDefault(kin(socket), Map.of()).get(firstOwner(socket));
    }

    /** How many local ports are taken towards the destination of this socket. */
    PortsTaken portsTowards(TcpSocket socket) {
        return ports.getOrDefault(Destination.of(socket), PortsTaken.NONE);
    }

    /** Whether only TIME-WAIT is on the port; every state was looked at if one of the asked is in it. */
    boolean waitsAlone(int port) {
        return !usedPorts.contains(port);
    }

    /** The listeners that would get a connection to this end, with their owners. */
    List<TcpSocket> listeners(Endpoint end) {
        return listeners.at(end);
    }
}
