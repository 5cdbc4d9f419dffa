package lastack.cli.print;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import lastack.live.StateChange;
import lastack.model.Age;
import lastack.model.TcpState;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** What many changes amount to: how often which state followed which, and how long sockets stayed in each. */
public final class Transitions {
    /** Two significant digits: at most one percent off, in a few kilobytes a state. */
    private static final int DIGITS = 2;

    private final Map<TcpState, Map<TcpState, Long>> counts = new EnumMap<>(TcpState.class);
    private final Map<TcpState, Histogram> stays = new EnumMap<>(TcpState.class);
    private long total;

    /** Counts a change; how long it stayed only where that is exactly known. */
    public void add(StateChange change) {
        total++;
        counts.computeIfAbsent(change.from(), from -> new EnumMap<>(TcpState.class))
                .merge(change.to(), 1L, Long::sum);
        Age stayed = change.stayed();
        if (stayed != null && stayed.bound() == Age.Bound.EXACT) {
            stays.computeIfAbsent(change.from(), from -> new Histogram(DIGITS)).recordValue(stayed.millis());
        }
    }

    /** How many changes there were. */
    public long total() {
        return total;
    }

    long count(TcpState from, TcpState to) {
        return counts.getOrDefault(from, Map.of()).getOrDefault(to, 0L);
    }

    /** The states that were left, in the order of a connection's life. */
    List<TcpState> left() {
        return List.copyOf(counts.keySet());
    }

    /** The states that were come into. */
    List<TcpState> entered() {
        List<TcpState> entered = new ArrayList<>();
        for (TcpState to : TcpState.values()) {
            if (counts.values().stream().anyMatch(row -> row.containsKey(to))) {
                entered.add(to);
            }
        }
        return entered;
    }

    /** How long sockets stayed in a state, in milliseconds; null where that is of none exactly known. */
    @Nullable
    Histogram stays(TcpState state) {
        return stays.get(state);
    }

    static double perSecond(long count, Duration time) {
        return count / Math.max(0.001, time.toNanos() / 1e9);
    }
}
