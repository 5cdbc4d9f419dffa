package lastack.live;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import lastack.filter.Filter;
import lastack.filter.Known;
import lastack.model.Age;
import lastack.model.Gap;
import lastack.model.Owner;
import lastack.model.TcpSocket;
import lastack.model.TcpState;
import lastack.model.UnavailableException;
import lastack.sockets.OwnerSearch;
import lastack.sockets.Query;
import lastack.sockets.SocketTables;
import org.jspecify.annotations.Nullable;

/** State changes as the difference of one look at the kernel's table and the next; what comes and goes in between is not seen. */
public final class PolledChanges implements StateChanges {
    /** About 400 bytes each. */
    private static final int MOST = 200_000;

    private static final long MILLI = 1_000_000;

    private final Scope scope;
    private final Gap reason;
    private final Gate gate;
    private final SocketTables tables;
    private final Query query;
    private final OwnerSearch owners = new OwnerSearch();
    private Map<Key, Seen> before = new HashMap<>();
    private long due = System.nanoTime();
    private boolean first = true;
    private boolean tooMany;

    /** A cookie is unique on the host since Linux 5.10, before in its namespace. */
    private record Key(long cookie, long netns) {}

    /** A socket, and when it was first seen in its state. */
    private record Seen(TcpSocket socket, long since) {}

    PolledChanges(Scope scope, Gap reason) throws UnavailableException {
        this.scope = scope;
        this.reason = reason;
        this.gate = new Gate(scope);
        this.tables = SocketTables.open(scope.netns());
        this.query = Query.of(Filter.all()).withoutOwners().ofFamilies(scope.families());
    }

    @Override
    public void next(Duration atMost, Consumer<StateChange> consumer) throws UnavailableException {
        long until = System.nanoTime() + atMost.toNanos();
        boolean[] handed = {false};
        do {
            sleepUntil(due - until < 0 ? due : until);
            if (System.nanoTime() - due >= 0) {
                due = System.nanoTime() + scope.every().toNanos();
                look(change -> {
                    handed[0] = true;
                    consumer.accept(change);
                });
            }
        } while (!handed[0] && System.nanoTime() - until < 0);
    }

    private static void sleepUntil(long moment) {
        try {
            Thread.sleep(Duration.ofNanos(Math.max(0, moment - System.nanoTime())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(Consumer<StateChange> consumer) throws UnavailableException {
        if (scope.netns().equals("all")) {
            tables.refresh();
        }
        long moment = System.nanoTime();
        Instant time = Instant.now();
        List<StateChange> changes = new ArrayList<>();
        Map<Key, Seen> now = new HashMap<>();
        List<Gap> gaps = tables.stream(query, socket -> see(socket.keep(), moment, now, changes, time));
        endOfMissing(gaps, now, moment, time, changes);
        before = now;
        if (!first) {
            hand(changes, consumer);
        }
        first = false;
    }

    private void see(TcpSocket socket, long moment, Map<Key, Seen> now, List<StateChange> changes, Instant time) {
        Key key = new Key(socket.id().cookie(), socket.netns().inode());
        Seen earlier = before.remove(key);
        if (earlier == null && now.size() + before.size() >= MOST) {
            tooMany = true;
            return;
        }
        if (earlier != null && earlier.socket().state() == socket.state()) {
            now.put(key, new Seen(socket, earlier.since()));
            return;
        }
        now.put(key, new Seen(socket, moment));
        TcpState from = earlier == null ? TcpState.CLOSED : earlier.socket().state();
        changes.add(change(time, from, socket, earlier, moment));
    }

    /** A list that changed while it was read may lack some: those are looked for again before they count as closed. */
    private void endOfMissing(
            List<Gap> gaps, Map<Key, Seen> now, long moment, Instant time, List<StateChange> changes) {
        boolean whole = gaps.stream().noneMatch(gap -> gap.what().equals("sockets"));
        before.forEach((key, seen) -> {
            if (whole) {
                TcpSocket closed = Step.after(seen.socket(), TcpState.CLOSED);
                changes.add(change(time, seen.socket().state(), closed, seen, moment));
            } else {
                now.put(key, seen);
            }
        });
    }

    private static StateChange change(
            Instant time, TcpState from, TcpSocket socket, @Nullable Seen earlier, long moment) {
        Age stayed = earlier == null
                ? null
                : new Age((moment - earlier.since()) / MILLI, Age.Source.SEEN, Age.Bound.AT_LEAST);
        return new StateChange(time, from, socket.state(), socket, Known.OWNERS, stayed, StateChange.Source.LOOK);
    }

    private void hand(List<StateChange> changes, Consumer<StateChange> consumer) {
        if (!changes.isEmpty()) {
            owners.walk();
        }
        for (StateChange change : changes) {
            StateChange owned = withOwners(change);
            if (gate.wants(owned)) {
                consumer.accept(owned);
            }
        }
    }

    private StateChange withOwners(StateChange change) {
        TcpSocket socket = change.socket();
        List<Owner> held = socket.state() == TcpState.CLOSED
                ? owners.lastSeen(socket.inode())
                : owners.of(socket.inode(), List.of());
        return new StateChange(
                change.time(),
                change.from(),
                change.to(),
                socket.withOwners(held),
                Known.OWNERS,
                change.stayed(),
                change.source());
    }

    @Override
    public boolean isPolling() {
        return true;
    }

    @Override
    public List<Gap> gaps() {
        List<Gap> gaps = new ArrayList<>(List.of(reason));
        gaps.addAll(tables.gaps());
        gaps.addAll(owners.gaps());
        if (tooMany) {
            gaps.add(new Gap("sockets", "only " + MOST + " are watched", "name fewer namespaces with --netns"));
        }
        return gaps;
    }

    @Override
    public long lost() {
        return 0;
    }

    @Override
    public long undecided() {
        return gate.undecided();
    }

    @Override
    public Optional<Age> ageOf(TcpSocket socket) {
        Seen seen = before.get(new Key(socket.id().cookie(), socket.netns().inode()));
        return seen == null || seen.socket().state() != socket.state()
                ? Optional.empty()
                : Optional.of(new Age((System.nanoTime() - seen.since()) / MILLI, Age.Source.SEEN, Age.Bound.AT_LEAST));
    }

    @Override
    public void close() {
        tables.close();
    }
}
