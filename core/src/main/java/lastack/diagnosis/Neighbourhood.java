package lastack.diagnosis;

import java.util.ArrayList;
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
import lastack.model.Family;
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
    private final List<TcpSocket> listeners = new ArrayList<>();
    private final Set<Integer> listenedPorts = new HashSet<>();

    /** Those with a socket in any state but TIME-WAIT. */
    private final Set<Integer> usedPorts = new HashSet<>();

    private final Map<Kin, Map<Integer, Sisters>> sisters = new HashMap<>();
    private final Map<Destination, PortsTaken> ports = new HashMap<>();

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
    }

    static Neighbourhood of(SocketTable table, List<TcpSocket> asked, TcpSettings settings, LazyOwners owners)
            throws UnavailableException {
        Neighbourhood made = new Neighbourhood(settings, owners);
        table.stream(query("state listening").withDetails(), made::addListener);
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
        return settings.isEphemeral(port) && !listenedPorts.contains(port);
    }

    private void addListener(TcpSocket listener) {
        listeners.add(listener);
        listenedPorts.add(listener.local().port());
    }

    private void expect(TcpSocket asked) {
        sisters.computeIfAbsent(kin(asked), key -> new HashMap<>()).putIfAbsent(firstOwner(asked), Sisters.NONE);
        ports.putIfAbsent(Destination.of(asked), PortsTaken.NONE);
    }

    private static int firstOwner(TcpSocket socket) {
        return socket.owners().isEmpty() ? NOBODY : socket.owners().getFirst().pid();
    }

    private void add(TcpSocket socket) {
        if (socket.state() != TcpState.TIME_WAIT) {
            usedPorts.add(socket.local().port());
        }
        count(socket, sisters.get(Kin.of(socket, true)));
        count(socket, sisters.get(Kin.of(socket, false)));
        if (settings.isEphemeral(socket.local().port())) {
            boolean waits = socket.state() == TcpState.TIME_WAIT;
            ports.computeIfPresent(Destination.of(socket), (to, taken) -> taken.with(waits));
        }
    }

    private void count(TcpSocket socket, @Nullable Map<Integer, Sisters> expected) {
        if (expected != null) {
            expected.replaceAll((pid, sofar) -> belongs(pid, socket) ? sofar.with(socket) : sofar);
        }
    }

    private boolean belongs(int pid, TcpSocket socket) {
        return pid == NOBODY ? socket.inode() == 0 : owners.holds(pid, socket.inode());
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
            case UNKNOWN -> listenedPorts.contains(port) || !settings.isEphemeral(port);
        };
    }

    Kin kin(TcpSocket socket) {
        return Kin.of(socket, isServed(socket));
    }

    /** Sockets like this one of the same process, itself among them. */
    Sisters sisters(TcpSocket socket) {
        return sisters.getOrDefault(kin(socket), Map.of()).getOrDefault(firstOwner(socket), Sisters.NONE);
    }

    /** How many local ports are taken towards the destination of this socket. */
    PortsTaken portsTowards(TcpSocket socket) {
        return ports.getOrDefault(Destination.of(socket), PortsTaken.NONE);
    }

    /** Whether only TIME-WAIT is on the port; every state was looked at if one of the asked is in it. */
    boolean waitsAlone(int port) {
        return !usedPorts.contains(port);
    }

    /** The listeners that would get a connection to this end, those on the very address first. */
    List<TcpSocket> listeners(Endpoint end) {
        List<TcpSocket> exact = new ArrayList<>();
        List<TcpSocket> any = new ArrayList<>();
        List<TcpSocket> both = new ArrayList<>();
        IpAddress wanted = end.address().unmapped();
        for (TcpSocket listener : listeners) {
            if (listener.local().port() == end.port()) {
                IpAddress at = listener.local().address();
                if (at.unmapped().equals(wanted)) {
                    exact.add(listener);
                } else if (at.isAny() && at.family() == wanted.family()) {
                    any.add(listener);
                } else if (at.isAny() && at.family() == Family.INET6) {
                    both.add(listener);
                }
            }
        }
        // One on :: gets IPv4 only where no other does: beside one on 0.0.0.0 it has IPV6_V6ONLY.
        List<TcpSocket> chosen = !exact.isEmpty() ? exact : !any.isEmpty() ? any : both;
        return chosen.stream()
                .map(listener -> listener.withOwners(owners.of(listener.inode())))
                .toList();
    }
}
