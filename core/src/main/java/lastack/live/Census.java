package lastack.live;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import lastack.filter.Filter;
import lastack.model.TcpSocket;
import lastack.model.TcpState;
import lastack.model.UnavailableException;
import lastack.sockets.Query;
import lastack.sockets.SocketTables;
import org.jspecify.annotations.Nullable;

/** The sockets that were there at the beginning and have not been seen to change since. */
final class Census {
    /** About 400 bytes each. */
    static final int MOST = 200_000;

    private final Map<Ends, List<TcpSocket>> sockets = new HashMap<>();
    private final long takenAt;
    private long leftOut;
    private int size;

    /** One that found nothing. */
    Census(long takenAt) {
        this.takenAt = takenAt;
    }

    /**
     * Lists all sockets.
     *
     * @param closing gets those of which only a timer tells the end
     */
    Census(SocketTables tables, Consumer<TcpSocket> closing) throws UnavailableException {
        this.takenAt = System.nanoTime();
        tables.stream(Query.of(Filter.all()).withoutOwners(), socket -> {
            if (Afterlives.isOne(socket)) {
                closing.accept(socket.keep());
            } else if (size < MOST) {
                size++;
                TcpSocket kept = socket.keep();
                sockets.computeIfAbsent(Ends.of(kept), ends -> new ArrayList<>(1))
                        .add(kept);
            } else {
                leftOut++;
            }
        });
    }

    /** Takes out the one socket with these ends in this state; null where there is none, or one in each of several namespaces. */
    @Nullable
    TcpSocket take(Ends ends, TcpState state) {
        List<TcpSocket> there = sockets.getOrDefault(ends, List.of());
        List<TcpSocket> found =
                there.stream().filter(socket -> socket.state() == state).toList();
        if (found.size() != 1) {
            return null;
        }
        there.remove(found.getFirst());
        if (there.isEmpty()) {
            sockets.remove(ends);
        }
        return found.getFirst();
    }

    /** The listeners among them. */
    List<TcpSocket> listeners() {
        return sockets.values().stream()
                .flatMap(List::stream)
                .filter(socket -> socket.state() == TcpState.LISTEN)
                .toList();
    }

    /** When it was taken, of {@code CLOCK_MONOTONIC}. */
    long takenAt() {
        return takenAt;
    }

    /** How many sockets were too many to remember. */
    long leftOut() {
        return leftOut;
    }
}
