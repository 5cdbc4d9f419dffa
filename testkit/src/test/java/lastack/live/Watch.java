package lastack.live;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import lastack.filter.Filter;
import lastack.filter.FilterSyntaxException;
import lastack.model.Family;
import lastack.model.Gap;
import lastack.model.TcpState;
import lastack.model.UnavailableException;

/** Watches on the test's own thread and keeps what it saw; the tracepoint tells of the whole host, so tests name their ports. */
final class Watch implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final List<StateChange> seen = new ArrayList<>();
    final StateChanges changes;

    private Watch(StateChanges changes) {
        this.changes = changes;
    }

    static Watch of(String netns, String filter) throws UnavailableException, FilterSyntaxException {
        return new Watch(StateChanges.open(scope(netns, filter)));
    }

    static Watch polling(String netns, String filter) throws UnavailableException, FilterSyntaxException {
        Watch watch = new Watch(new PolledChanges(scope(netns, filter), new Gap("state changes", "a test", "none")));
        watch.settle();
        return watch;
    }

    private static Scope scope(String netns, String filter) throws FilterSyntaxException {
        return new Scope(netns, EnumSet.allOf(Family.class), Filter.parse(filter), Duration.ofMillis(300));
    }

    /** Reads what there is by now. */
    Watch settle() throws UnavailableException {
        for (int i = 0; i < 4; i++) {
            changes.next(Duration.ofMillis(30), seen::add);
        }
        return this;
    }

    /** Watches until such a change was seen, and hands it back. */
    StateChange until(Predicate<StateChange> wanted) throws UnavailableException {
        return within(PATIENCE, wanted).orElseThrow(() -> new AssertionError("not seen; but " + this));
    }

    /** Watches for so long at most until such a change was seen. */
    Optional<StateChange> within(Duration patience, Predicate<StateChange> wanted) throws UnavailableException {
        long end = System.nanoTime() + patience.toNanos();
        int looked = 0;
        while (System.nanoTime() < end) {
            for (; looked < seen.size(); looked++) {
                if (wanted.test(seen.get(looked))) {
                    return Optional.of(seen.get(looked));
                }
            }
            changes.next(Duration.ofMillis(50), seen::add);
        }
        return Optional.empty();
    }

    StateChange until(TcpState from, TcpState to, int localPort) throws UnavailableException {
        return until(is(from, to, localPort));
    }

    static Predicate<StateChange> is(TcpState from, TcpState to, int localPort) {
        return change -> change.from() == from
                && change.to() == to
                && change.socket().local().port() == localPort;
    }

    @Override
    public void close() {
        changes.close();
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder().append(changes.lost()).append(" lost, of the others:\n");
        for (StateChange change : seen) {
            out.append(change.from()).append(" -> ").append(change.to()).append(' ');
            out.append(change.socket().id()).append(' ').append(change.known()).append('\n');
        }
        return out.toString();
    }
}
