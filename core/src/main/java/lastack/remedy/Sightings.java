package lastack.remedy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import lastack.filter.Filter;
import lastack.model.TcpSocket;
import lastack.model.TcpState;
import lastack.model.UnavailableException;
import lastack.sockets.SocketTable;

/**
 * The sockets of a plan as they are just before each is acted on: as many are looked at together as can be acted on before
 * that look is old.
 *
 * <p>This decides whether a socket still is what was asked for; that it is the very same one, each remedy makes sure itself.
 */
final class Sightings {
    private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int FEWEST = 64;

    private final SocketTable table;
    private final List<Removal> removals;
    private final boolean timeChangesAnswers;
    private Map<Long, TcpSocket> seen = new HashMap<>();
    private long lookedAt;
    private int next;
    private int first;
    private int end;

    Sightings(SocketTable table, Filter filter, List<Removal> removals) {
        this.table = table;
        this.removals = removals;
        this.timeChangesAnswers = filter.needsAge();
    }

    /** The next removal's socket as it is now, or nothing when it is gone. To be asked once for each, in their order. */
    Optional<TcpSocket> next() throws UnavailableException {
        TcpSocket earlier = removals.get(next).socket();
        if (isUnchangeable(earlier)) {
            next++;
            return Optional.of(earlier);
        }
        if (next >= end || System.nanoTime() - lookedAt > FRESH_NANOS) {
            look();
        }
        next++;
        return Optional.ofNullable(seen.get(earlier.id().cookie()));
    }

    /**
     * A TIME-WAIT is an object of its own with a cookie of its own ({@code inet_twsk_alloc}): whatever has that cookie is this
     * TIME-WAIT, or it is gone. Only its age becomes another.
     */
    private boolean isUnchangeable(TcpSocket socket) {
        return socket.state() == TcpState.TIME_WAIT && !timeChangesAnswers;
    }

    /** Where the last look was old before its end, the next is at fewer; that also keeps the time for looks in proportion. */
    private void look() throws UnavailableException {
        int used = next - first;
        int wanted = end == 0 ? removals.size() : Math.max(FEWEST, next >= end ? 2 * used : used);
        first = next;
        end = Math.min(removals.size(), next + wanted);
        lookedAt = System.nanoTime();
        seen = table.findAgain(
                removals.subList(next, end).stream().map(Removal::socket).toList());
    }
}
