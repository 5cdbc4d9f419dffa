package lastack.sockets;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lastack.kernel.KernelException;
import lastack.kernel.diag.InetDiagMsg;
import lastack.kernel.diag.SockDiag;
import lastack.kernel.diag.SockDiag.Extent;
import lastack.model.Family;
import lastack.model.TcpSocket;
import lastack.model.TcpState;

/**
 * Looks again for sockets that were seen before: for one by asking for it, for many by a new listing of what they can be by now.
 *
 * <p>Owners and details are those of the earlier look.
 */
final class SecondLook {
    /** From so many on a listing may be quicker; a look-up takes 6 microseconds and more, a listed socket half of one. */
    private static final int MANY = 64;

    private static final int LISTED_FOR_ONE_LOOKUP = 8;
    private static final int ALL = -1;
    private static final Set<TcpState> CLOSING = EnumSet.of(
            TcpState.FIN_WAIT_1,
            TcpState.FIN_WAIT_2,
            TcpState.TIME_WAIT,
            TcpState.CLOSED,
            TcpState.CLOSE_WAIT,
            TcpState.LAST_ACK,
            TcpState.CLOSING);

    private final SockDiag diag;
    private final SocketDecoder decoder;
    private long lastListed;

    SecondLook(SockDiag diag, SocketDecoder decoder) {
        this.diag = diag;
        this.decoder = decoder;
    }

    /** The socket as it is now; empty when it is gone, also when its addresses belong to another. */
    Optional<TcpSocket> at(TcpSocket earlier) throws KernelException {
        List<TcpSocket> found = new ArrayList<>(1);
        diag.find(earlier.id(), Extent.INFO, message -> found.add(decode(message, earlier)));
        if (found.isEmpty() && earlier.peer().port() == 0) {
            addByCookie(earlier, found);
        }
        return found.isEmpty() ? Optional.empty() : Optional.of(found.getFirst());
    }

    /** Those that are still there, by cookie. */
    Map<Long, TcpSocket> at(List<TcpSocket> earlier) throws KernelException {
        Map<Long, TcpSocket> connected = new HashMap<>();
        Map<Long, TcpSocket> now = new HashMap<>();
        for (TcpSocket socket : earlier) {
            if (socket.peer().port() != 0) {
                connected.put(socket.id().cookie(), socket);
            }
        }
        boolean listed = isListingQuicker(connected.size()) && list(connected, now);
        for (TcpSocket socket : earlier) {
            if (!listed || socket.peer().port() == 0) {
                at(socket).ifPresent(found -> now.put(found.id().cookie(), found));
            }
        }
        return now;
    }

    private boolean isListingQuicker(int sought) {
        return sought >= MANY && lastListed <= (long) LISTED_FOR_ONE_LOOKUP * sought;
    }

    /** False when the kernel's table changed meanwhile, so that some may have been missed. */
    private boolean list(Map<Long, TcpSocket> sought, Map<Long, TcpSocket> found) throws KernelException {
        lastListed = 0;
        boolean consistent = true;
        for (Family family : families(sought)) {
            consistent &= diag.dump(family, statesByNow(sought), Extent.INFO, message -> {
                lastListed++;
                TcpSocket earlier = sought.get(message.cookie());
                if (earlier != null) {
                    found.put(message.cookie(), decode(message, earlier));
                }
            });
        }
        return consistent;
    }

    private static Set<Family> families(Map<Long, TcpSocket> sockets) {
        Set<Family> families = EnumSet.noneOf(Family.class);
        sockets.values().forEach(socket -> families.add(socket.id().family()));
        return families;
    }

    /** What has begun to close never is established again (RFC 9293, figure 5), and need not be looked for among those. */
    private static int statesByNow(Map<Long, TcpSocket> sockets) {
        int states = 0;
        for (TcpState state : CLOSING) {
            states |= state.bit();
        }
        for (TcpSocket socket : sockets.values()) {
            if (!CLOSING.contains(socket.state())) {
                return ALL;
            }
        }
        return states;
    }

    private TcpSocket decode(InetDiagMsg message, TcpSocket earlier) {
        return decoder.decode(message, false).withDetails(earlier.details()).withOwners(earlier.owners());
    }

    /**
     * The kernel's look-up finds any one of the listeners that share a port (SO_REUSEPORT), and none of the sockets that are
     * only bound; there the cookie decides. A listener that has been stopped is gone as such, though it may still be bound.
     */
    private void addByCookie(TcpSocket earlier, List<TcpSocket> found) throws KernelException {
        TcpState listed = earlier.state() == TcpState.LISTEN ? TcpState.LISTEN : TcpState.BOUND_INACTIVE;
        diag.dump(earlier.id().family(), listed.bit(), Extent.INFO, message -> {
            if (message.cookie() == earlier.id().cookie()) {
                found.add(decode(message, earlier));
            }
        });
    }
}
