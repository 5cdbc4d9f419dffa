package lastack.remedy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import lastack.model.TcpSocket;
import lastack.model.UnavailableException;
import lastack.sockets.SocketTable;

/**
 * The sockets of a plan as they are just before each is acted on, looked at together and again as soon as that look is old.
 *
 * <p>This decides whether a socket still is what was asked for; that it is the very same one, each remedy makes sure itself.
 */
final class Sightings {
    private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final SocketTable table;
    private final List<Removal> removals;
    private Map<Long, TcpSocket> seen = new HashMap<>();
    private long lookedAt;
    private int next;

    Sightings(SocketTable table, List<Removal> removals) {
        this.table = table;
        this.removals = removals;
    }

    /** The next removal's socket as it is now, or nothing when it is gone. To be asked once for each, in their order. */
    Optional<TcpSocket> next() throws UnavailableException {
        if (next == 0 || System.nanoTime() - lookedAt > FRESH_NANOS) {
            lookedAt = System.nanoTime();
            seen = table.findAgain(removals.subList(next, removals.size()).stream()
                    .map(Removal::socket)
                    .toList());
        }
        return Optional.ofNullable(seen.get(removals.get(next++).socket().id().cookie()));
    }
}
