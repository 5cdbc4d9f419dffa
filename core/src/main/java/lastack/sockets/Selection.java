package lastack.sockets;

import java.util.List;
import java.util.function.Consumer;
import lastack.filter.Filter;
import lastack.model.Gap;
import lastack.model.TcpSocket;

/** Decides for each socket of a dump whether it was asked for, and finds the owners of those that were. */
final class Selection {
    private final Filter filter;
    private final boolean withOwners;
    private final LazyOwners owners;
    private final Consumer<TcpSocket> consumer;

    Selection(Query query, LazyOwners owners, Consumer<TcpSocket> consumer) {
        this.filter = query.filter();
        this.withOwners = query.owners() || filter.needsOwners();
        this.owners = owners;
        this.consumer = consumer;
    }

    /** False when it surely was not asked for, whoever its owners are. */
    boolean couldBe(TcpSocket socket) {
        return filter.couldMatch(socket);
    }

    /** Passes on what was asked for, of those that could be. */
    void offer(TcpSocket socket) {
        TcpSocket whole = withOwners ? socket.withOwners(owners.of(socket.inode())) : socket;
        if (filter.matches(whole)) {
            consumer.accept(whole);
        }
    }

    List<Gap> gaps() {
        return withOwners ? owners.gaps() : List.of();
    }
}
