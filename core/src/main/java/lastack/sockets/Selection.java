package lastack.sockets;

import java.util.List;
import java.util.function.Consumer;
import lastack.filter.Filter;
import lastack.model.Gap;
import lastack.model.SocketView;

/** Decides for each socket of a dump whether it was asked for, and finds the owners of those that were. */
final class Selection {
    private final Filter filter;
    private final boolean withOwners;
    private final LazyOwners owners;
    private final Consumer<SocketView> consumer;

    Selection(Query query, LazyOwners owners, Consumer<SocketView> consumer) {
        this.filter = query.filter();
        this.withOwners = query.owners() || filter.needsOwners();
        this.owners = owners;
        this.consumer = consumer;
        if (filter.needsOwners() && filter.needsAge()) {
            owners.walk(); // What is asked of an age then is asked when the age is told.
        }
    }

    /** Passes the socket on if it was asked for. */
    void offer(DumpedSocket socket) {
        socket.ownedBy(List.of());
        boolean dependsOnOwners = filter.needsOwners();
        boolean asked = dependsOnOwners ? filter.couldMatch(socket) : filter.matches(socket);
        if (!asked) {
            return;
        }
        if (withOwners) {
            socket.ownedBy(owners.of(socket.inode()));
        }
        if (!dependsOnOwners || filter.matches(socket)) {
            consumer.accept(socket);
        }
    }

    List<Gap> gaps() {
        return withOwners ? owners.gaps() : List.of();
    }
}
