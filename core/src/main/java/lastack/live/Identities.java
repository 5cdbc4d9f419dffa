package lastack.live;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lastack.filter.Filter;
import lastack.filter.FilterSyntaxException;
import lastack.model.Owner;
import lastack.model.TcpSocket;
import lastack.model.TcpState;
import lastack.model.UnavailableException;
import lastack.sockets.OwnerSearch;
import lastack.sockets.Query;
import lastack.sockets.SocketTable;
import lastack.sockets.SocketTables;

/**
 * Finds out who the sockets are that the tracepoint tells of: by their two ends, in every namespace, because the same ends can be in
 * several. What cannot be told apart, or is gone already, stays unknown.
 */
final class Identities {
    private static final double SHARE = 0.3;
    private static final long SAVED_NANOS = 200_000_000;
    private static final int SWEEP_SHARE = 10;
    private static final long SWEEP_NANOS = 100_000_000;
    private static final int REFRESH_SHARE = 20;
    private static final long REFRESH_NANOS = 1_000_000_000;
    private static final long RETRY_NANOS = 100_000_000;
    private static final int MOST_UNFOUND = 1_000;
    private static final Query LISTENING = of("state listening");

    /** The kernel has listeners in a table of their own; to list others takes it a walk over all. */
    private static final Query PORTLESS = of("state listening state syn-sent");

    private final SocketTables tables;
    private final Lives lives;
    private final OwnerSearch owners;
    private final Allowance allowance = new Allowance(SHARE, SAVED_NANOS);
    private final Acceptors acceptors = new Acceptors();
    private final Set<Life> unfound = new LinkedHashSet<>();
    private long nextSweep = System.nanoTime();
    private long refreshed = System.nanoTime();
    private long refreshTook;
    private long retried = System.nanoTime();

    Identities(SocketTables tables, Lives lives, OwnerSearch owners) {
        this.tables = tables;
        this.lives = lives;
        this.owners = owners;
    }

    private static Query of(String states) {
        try {
            return Query.of(Filter.parse(states)).withoutOwners();
        } catch (FilterSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Remembers who holds these listeners, to look there first for who accepts. */
    void know(List<TcpSocket> listeners) {
        listeners.forEach(listener -> acceptors.note(listener.withOwners(owners.lastSeen(listener.inode()))));
    }

    /** Looks for those that are still there, as far as time allows. */
    void find(List<Step> steps) throws UnavailableException {
        refresh();
        Set<Life> alive = new LinkedHashSet<>();
        if (System.nanoTime() - retried >= RETRY_NANOS) {
            retried = System.nanoTime();
            alive.addAll(unfound);
        }
        for (Step step : steps) {
            alive.add(step.life());
            nameLastOwners(step.life());
        }
        alive.removeIf(Life::isOver);
        findByEnds(alive);
        sweepFor(alive);
        findOwners(alive);
        remember(alive);
    }

    /** Namespaces come and go: sooner than usual they are looked for when a socket is in none of those that are known. */
    private void refresh() throws UnavailableException {
        long began = System.nanoTime();
        boolean missed = unfound.stream().anyMatch(life -> life.socket() == null);
        long pause = Math.max(missed ? RETRY_NANOS : REFRESH_NANOS, refreshTook * REFRESH_SHARE);
        if (began - refreshed >= pause) {
            tables.refresh();
            refreshed = System.nanoTime();
            refreshTook = refreshed - began;
        }
    }

    private void remember(Set<Life> alive) {
        unfound.removeIf(life -> life.isOver() || !isWorthAnotherLook(life));
        for (Life life : alive) {
            if (isWorthAnotherLook(life) && unfound.size() < MOST_UNFOUND) {
                unfound.add(life);
            }
        }
    }

    /** Also one that nobody holds yet: it may be accepted by the time of its next change, which may be its last. */
    private static boolean isWorthAnotherLook(Life life) {
        TcpSocket socket = life.socket();
        return life.mayBeTriedAgain()
                && (socket == null || (socket.owners().isEmpty() && (socket.inode() != 0 || socket.unaccepted())));
    }

    private void findByEnds(Set<Life> alive) throws UnavailableException {
        for (Life life : alive) {
            boolean portless = life.state() == TcpState.LISTEN || !life.ends().areComplete();
            if (!portless && allowance.isLeft()) {
                long began = System.nanoTime();
                life.tried();
                Optional<TcpSocket> found = find(life);
                if (found.isPresent()) {
                    lives.identify(life, found.get(), began);
                }
                allowance.spentSince(began);
            }
        }
    }

    /** The one socket that it can be. */
    private Optional<TcpSocket> find(Life life) throws UnavailableException {
        List<TcpSocket> found = new ArrayList<>(1);
        for (SocketTable table : tables.tables()) {
            table.findBetween(life.ends().local(), life.ends().peer())
                    .filter(socket -> couldBe(socket, life))
                    .ifPresent(found::add);
        }
        if (found.size() > 1) {
            found.removeIf(socket -> socket.state() != life.state());
        }
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    private boolean couldBe(TcpSocket found, Life life) {
        TcpSocket known = life.socket();
        Life other = lives.of(found);
        return known == null
                ? other == null || other == life
                : known.id().cookie() == found.id().cookie() && known.netns().equals(found.netns());
    }

    /**
     * A socket has no port of its own yet when it goes to SYN-SENT, and the kernel's look-up does not tell apart listeners that share a
     * port: these are looked for in a list.
     */
    private void sweepFor(Set<Life> alive) throws UnavailableException {
        List<Life> sought = alive.stream()
                .filter(life -> life.socket() == null && (life.state() == TcpState.LISTEN || isPortless(life)))
                .toList();
        long began = System.nanoTime();
        if (sought.isEmpty() || began - nextSweep < 0) {
            return;
        }
        List<TcpSocket> listed = new ArrayList<>();
        Query query = sought.stream().anyMatch(Identities::isPortless) ? PORTLESS : LISTENING;
        tables.stream(query, view -> {
            TcpSocket socket = view.keep();
            if (lives.of(socket) == null) {
                listed.add(socket);
            }
        });
        for (Life life : sought) {
            life.tried();
            List<TcpSocket> found =
                    listed.stream().filter(socket -> isLike(socket, life)).toList();
            if (found.size() == 1) {
                lives.identify(life, found.getFirst(), began);
            }
        }
        long now = System.nanoTime();
        nextSweep = now + Math.max(SWEEP_NANOS, (now - began) * SWEEP_SHARE);
    }

    private static boolean isPortless(Life life) {
        return life.state() == TcpState.SYN_SENT && !life.ends().areComplete();
    }

    private static boolean isLike(TcpSocket socket, Life life) {
        Ends listed = Ends.of(socket);
        return socket.state() == life.state()
                && listed.peer().equals(life.ends().peer())
                && (isPortless(life) || listed.local().equals(life.ends().local()));
    }

    private void findOwners(Set<Life> alive) {
        List<Life> unowned = new ArrayList<>();
        long needed = Long.MIN_VALUE;
        for (Life life : alive) {
            if (!findOwners(life)) {
                unowned.add(life);
                needed = needed == Long.MIN_VALUE ? life.since() : Math.max(needed, life.since());
            }
        }
        if (!unowned.isEmpty()) {
            owners.walkAgain(needed);
            unowned.forEach(this::findOwners);
        }
    }

    /** False when somebody may be found by a walk. */
    private boolean findOwners(Life life) {
        TcpSocket socket = life.socket();
        if (socket == null || socket.inode() == 0) {
            return true;
        }
        long began = System.nanoTime();
        List<Owner> found = allowance.isLeft() ? owners.of(socket.inode(), likelyPids(life, socket)) : List.of();
        allowance.spentSince(began);
        if (!found.isEmpty()) {
            TcpSocket held = socket.withOwners(found);
            life.heldBy(found);
            acceptors.note(held);
        }
        return !found.isEmpty() || !socket.owners().isEmpty();
    }

    private List<Integer> likelyPids(Life life, TcpSocket socket) {
        List<Integer> likely = new ArrayList<>(life.likelyPids());
        likely.addAll(acceptors.of(socket));
        return likely.stream().distinct().toList();
    }

    private void nameLastOwners(Life life) {
        TcpSocket socket = life.socket();
        if (life.isOver() && socket != null && socket.owners().isEmpty()) {
            life.heldBy(owners.lastSeen(socket.inode()));
        }
    }

    /** What goes on between two ends after the kernel has called the socket closed. */
    Optional<TcpSocket> goingOn(Life life) throws UnavailableException {
        long began = System.nanoTime();
        Optional<TcpSocket> found = find(life).filter(Afterlives::isOne);
        found.ifPresent(rest -> life.identify(rest, began));
        allowance.spentSince(began);
        return found.map(rest -> life.socket());
    }

    /** Whether there is time to look for one. */
    boolean hasTime() {
        return allowance.isLeft();
    }

    /** One that is known as it is now; empty when it is gone. */
    Optional<TcpSocket> again(TcpSocket socket) throws UnavailableException {
        for (SocketTable table : tables.tables()) {
            if (table.namespace().inode() == socket.netns().inode()) {
                return table.findBetween(socket.local(), socket.peer())
                        .filter(found -> found.id().cookie() == socket.id().cookie());
            }
        }
        return Optional.empty();
    }
}
