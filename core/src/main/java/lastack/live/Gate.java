package lastack.live;

import lastack.filter.Known;
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
        return scope.families().contains(ends.id().family()) && scope.filter().couldMatchInAnyState(ends, Known.ENDS);
    }

    /** Whether this change is wanted. */
    boolean wants(StateChange change) {
        TcpSocket socket = change.socket().withAge(change.stayed());
        if (!scope.families().contains(socket.id().family()) || isElsewhere(change)) {
            return false;
        }
        boolean placed = netns == EVERY || change.identified();
        boolean wanted = placed && scope.filter().matches(socket, change.known());
        if (!wanted && change.known() != Known.OWNERS && couldBeWanted(socket, change.known())) {
            undecided++;
        }
        return wanted;
    }

    private boolean isElsewhere(StateChange change) {
        return netns != EVERY && change.identified() && change.socket().netns().inode() != netns;
    }

    private boolean couldBeWanted(TcpSocket socket, Known known) {
        boolean state = (scope.filter().stateMask() & socket.state().bit()) != 0;
        return state && scope.filter().couldMatchInAnyState(socket, known);
    }

    long undecided() {
        return undecided;
    }
}
