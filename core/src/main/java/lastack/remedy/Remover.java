package lastack.remedy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import lastack.filter.Filter;
import lastack.kernel.process.Privileges;
import lastack.kernel.process.ProcStat;
import lastack.model.Owner;
import lastack.model.TcpSocket;
import lastack.model.TcpState;
import lastack.model.UnavailableException;
import lastack.sockets.SocketTable;

/**
 * Removes sockets with the least harm: plans, makes sure again, acts, looks again.
 *
 * <pre>{@code
 * Filter filter = Filter.parse("state close-wait sport = :8080");
 * try (SocketTable table = SocketTable.open()) {
 *     Remover remover = Remover.of(table, filter, RemovalOptions.GENTLE);
 *     Plan plan = remover.plan(table.snapshot(Query.of(filter)).sockets());
 *     remover.execute(plan, result -> System.out.println(result.socket().id() + " " + result.outcome()));
 * }
 * }</pre>
 *
 * <p>Never acts on a socket that is not in the plan, that is protected, or that does not match the filter any more.
 */
public final class Remover {
    private static final long FIRST_PAUSE_MILLIS = 1;
    private static final long LONGEST_PAUSE_MILLIS = 50;

    private final SocketTable table;
    private final Filter filter;
    private final RemovalOptions options;
    private final Privileges privileges = Privileges.own();
    private final Protection protection;
    private final Ladder ladder;
    private volatile boolean stopped;

    private Remover(SocketTable table, Filter filter, RemovalOptions options) {
        this.table = table;
        this.filter = filter;
        this.options = options;
        OwnSession session = OwnSession.find();
        this.protection = new Protection(session, options.listeners(), options.mySession());
        this.ladder = new Ladder(table, session, options);
    }

    /**
     * A remover of sockets in the table's namespace.
     *
     * @param filter what was asked for; a socket that stopped matching is left alone
     */
    public static Remover of(SocketTable table, Filter filter, RemovalOptions options) {
        return new Remover(table, filter, options);
    }

    /** Decides for each socket what would be done; touches nothing. The sockets must carry their owners. */
    public Plan plan(List<TcpSocket> sockets) {
        return new Plan(sockets.stream().map(this::plan).toList());
    }

    private Removal plan(TcpSocket socket) {
        Target target = new Target(socket, privileges);
        return protection
                .of(socket)
                .map(kept -> new Removal(target, kept))
                .orElseGet(() -> new Removal(target, ladder.rungs(target), options.escalate() || options.persistent()));
    }

    /**
     * Carries out a plan and hands over each result as soon as it is known.
     *
     * <p>Every socket gets one attempt, then all are looked at until they are gone or the time to wait is over; those that
     * are still there get their next method, if the options allow one.
     */
    public void execute(Plan plan, Consumer<Result> results) throws UnavailableException {
        try (ladder) {
            carryOut(plan, results);
        }
    }

    /**
     * To be told from any thread: no other method is tried, nor waited for, and no other socket is acted on. What has become of each
     * is handed over all the same.
     */
    public void stop() {
        stopped = true;
    }

    private void carryOut(Plan plan, Consumer<Result> results) throws UnavailableException {
        List<Removal> open = new ArrayList<>(plan.removals());
        handOver(open, results);
        Sightings sightings = new Sightings(table, filter, open);
        Attempts attempts = new Attempts(table, () -> stopped);
        for (Removal removal : open) {
            makeSure(removal, sightings.next());
            attempts.on(removal);
        }
        attempts.finish();
        handOver(open, results);
        lookUntilGone(open, results);
        while (giveUpOrGoOn(open, results)) {
            for (Removal removal : open) {
                attempts.on(removal);
            }
            attempts.finish();
            handOver(open, results);
            lookUntilGone(open, results);
        }
    }

    /** Looks at the socket as it is now, at the moment of acting: it must be there, be meant, and not be protected. */
    private void makeSure(Removal removal, Optional<TcpSocket> now) {
        if (now.isEmpty()) {
            removal.settleUntouched(Outcome.ALREADY_GONE, "it was gone before anything was done", null);
        } else if (!filter.matches(now.get())) {
            TcpState state = now.get().state();
            removal.settleUntouched(Outcome.SKIPPED, "it does not match any more and is in " + state + " now", state);
        } else {
            protection.of(now.get()).ifPresentOrElse(removal::settle, () -> removal.seenAs(now.get()));
        }
    }

    private static void handOver(List<Removal> open, Consumer<Result> results) {
        open.removeIf(removal -> {
            removal.settled().ifPresent(results);
            return removal.settled().isPresent();
        });
    }

    private void lookUntilGone(List<Removal> open, Consumer<Result> results) throws UnavailableException {
        long deadline = System.nanoTime() + options.patience().toNanos();
        long pause = FIRST_PAUSE_MILLIS;
        settleGone(open);
        handOver(open, results);
        while (!open.isEmpty() && !stopped && System.nanoTime() < deadline) {
            sleep(pause);
            pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
            settleGone(open);
            handOver(open, results);
        }
    }

    private void settleGone(List<Removal> open) throws UnavailableException {
        Map<Long, TcpSocket> there =
                table.findAgain(open.stream().map(Removal::socket).toList());
        for (Removal removal : open) {
            boolean descriptorHeld =
                    options.freeDescriptor() && !removal.socket().owners().isEmpty();
            boolean gone = !there.containsKey(removal.socket().id().cookie());
            if (gone && (!descriptorHeld || removal.descriptorFreed())) {
                removal.settleGone();
            }
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether any socket has another method left to try. */
    private boolean giveUpOrGoOn(List<Removal> open, Consumer<Result> results) throws UnavailableException {
        for (Removal removal : open) {
            TcpState now =
                    table.findAgain(removal.socket()).map(TcpSocket::state).orElse(TcpState.CLOSED);
            removal.notGone(now, whyStillThere(removal, now), hint());
            if (stopped) {
                removal.giveUp();
            }
        }
        handOver(open, results);
        return !open.isEmpty();
    }

    private String whyStillThere(Removal removal, TcpState now) {
        for (Owner owner : removal.socket().owners()) {
            boolean stopped = ProcStat.state(owner.pid()).orElse('?') == 'T';
            if (stopped && removal.tried() == Method.TERM) {
                return owner.label() + " is stopped and acts on SIGTERM only when it is continued";
            }
        }
        return "it stayed in " + now
                + (stopped ? Removal.INTERRUPTED : " for " + options.patience().toMillis() + " ms");
    }

    private String hint() {
        return options.escalate()
                ? "no harsher method is left; see who holds it with lastack ls"
                : "--escalate goes on to harsher methods";
    }
}
