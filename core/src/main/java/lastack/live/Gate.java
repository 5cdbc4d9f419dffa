package lastack.live;

import lastack.model.TcpSocket;
import lastack.model.UnavailableException;
import lastack.sockets.Namespaces;

/** Lets through the changes that are wanted, and counts those of which that cannot be told. */
final class Gate {
    private static final long EVERY = 0;

    private final Scope scope;
    private final long netns;
    private long undecided;

    Gate(Scope scope) throws UnavailableException {
        this.scope = scope;
        this.netns = scope.netns().equals("all")
                ? EVERY
                : Namespaces.in(scope.netns(), Namespaces::self).inode();
    }

    /** Whether changes of this socket may be wanted; only its ends need to be known. */
    boolean mayWant(TcpSocket ends) {
        return scope.families().contains(ends.id().family()) && scope.filter().couldMatchEnds(ends);
    }

    /** Whether this change is wanted. */
    boolean wants(StateChange change) {
        TcpSocket socket = change.socket().withAge(change.stayed());
        if (!scope.families().contains(socket.id().family())) {
            return false;
        }
        return change.identified() ? isHere(socket) && scope.filter().matches(socket) : wantsEnds(socket);
    }

    private boolean isHere(TcpSocket socket) {
        return netns == EVERY || socket.netns().inode() == netns;
    }

    private boolean wantsEnds(TcpSocket socket) {
        boolean wanted = netns == EVERY && scope.filter().matchesEnds(socket);
        boolean state = (scope.filter().stateMask() & socket.state().bit()) != 0;
        if (!wanted && state && scope.filter().couldMatchEnds(socket)) {
            undecided++;
        }
        return wanted;
    }

    long undecided() {
        return undecided;
    }
}
