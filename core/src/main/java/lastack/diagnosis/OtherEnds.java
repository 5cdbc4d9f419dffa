package lastack.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import lastack.filter.Filter;
import lastack.model.Endpoint;
import lastack.model.Flow;
import lastack.model.TcpSocket;
import lastack.model.UnavailableException;
import lastack.sockets.Query;
import lastack.sockets.SocketTable;
import org.jspecify.annotations.Nullable;

/** Looks for the other ends of the connections of one namespace: in it, in the others of this host, and behind NAT. */
final class OtherEnds {
    private final SocketTable table;
    private final Scene scene;
    private @Nullable List<TcpSocket> boundToDevices;

    OtherEnds(SocketTable table, Scene scene) {
        this.table = table;
        this.scene = scene;
    }

    OtherEnd of(TcpSocket socket) {
        try {
            Optional<TcpSocket> here = table.findReversed(socket);
            if (here.isPresent()) {
                return new OtherEnd.Here(scene.withOwners(here.get()));
            }
            boolean local = isLoopback(socket)
                    || socket.peer().address().equals(socket.local().address());
            if (!local) {
                return inOtherNamespaces(socket);
            }
            Optional<TcpSocket> bound = onDevice(socket);
            return bound.isPresent() ? new OtherEnd.Here(scene.withOwners(bound.get())) : goneOrTranslated(socket);
        } catch (UnavailableException e) {
            return new OtherEnd.Unknown(e.why());
        }
    }

    /** The kernel's look-up does not find a socket that is bound to an interface. */
    private Optional<TcpSocket> onDevice(TcpSocket socket) throws UnavailableException {
        List<TcpSocket> bound = boundToDevices;
        if (bound == null) {
            bound = new ArrayList<>();
            List<TcpSocket> seen = bound;
            table.stream(Query.of(Filter.all()).withoutOwners(), other -> {
                if (other.id().deviceIndex() != 0) {
                    seen.add(other);
                }
            });
            boundToDevices = bound;
        }
        return bound.stream()
                .filter(other -> isSame(other.local(), socket.peer()) && isSame(other.peer(), socket.local()))
                .findFirst();
    }

    private static boolean isLoopback(TcpSocket socket) {
        return socket.peer().address().unmapped().isLoopback();
    }

    private static boolean isSame(Endpoint one, Endpoint other) {
        return one.port() == other.port()
                && one.address().unmapped().equals(other.address().unmapped());
    }

    private OtherEnd inOtherNamespaces(TcpSocket socket) throws UnavailableException {
        List<TcpSocket> candidates = new ArrayList<>(1);
        for (SocketTable other : scene.withOtherEnd(socket)) {
            if (other.namespace().inode() != socket.netns().inode()) {
                other.findReversed(socket).ifPresent(candidates::add);
            }
        }
        return candidates.isEmpty()
                ? behindNat(socket, scene.translations().ofOtherEnd(socket))
                : only(candidates, OtherEnd.There::new);
    }

    private OtherEnd goneOrTranslated(TcpSocket socket) throws UnavailableException {
        // A loopback address never leaves its namespace, so that no other one can have translated it.
        Translations translations = isLoopback(socket) ? scene.translations(table) : scene.translations();
        Optional<Flow> remembered = translations.ofOtherEnd(socket);
        boolean asItIs = remembered.filter(ends -> isReversed(socket, ends)).isPresent();
        return remembered.isEmpty() || asItIs
                ? new OtherEnd.Gone(asItIs || !translations.mayBe())
                : behindNat(socket, remembered);
    }

    private static boolean isReversed(TcpSocket socket, Flow ends) {
        return isSame(ends.source(), socket.peer()) && isSame(ends.destination(), socket.local());
    }

    /** Whoever has the ends that are remembered of a translated connection, in any namespace. */
    private OtherEnd behindNat(TcpSocket socket, Optional<Flow> remembered) throws UnavailableException {
        List<TcpSocket> candidates = new ArrayList<>(1);
        if (remembered.filter(ends -> !isReversed(socket, ends)).isPresent()) {
            for (SocketTable any : scene.everywhere()) {
                any.findBetween(remembered.get().source(), remembered.get().destination())
                        .ifPresent(candidates::add);
            }
        }
        return candidates.isEmpty()
                ? scene.closed().<OtherEnd>map(OtherEnd.Unknown::new).orElseGet(OtherEnd.Elsewhere::new)
                : only(candidates, OtherEnd.BehindNat::new);
    }

    private OtherEnd only(List<TcpSocket> candidates, Function<TcpSocket, OtherEnd> found) {
        return candidates.size() == 1
                ? found.apply(scene.withOwners(candidates.getFirst()))
                : new OtherEnd.OneOf(candidates.size());
    }
}
