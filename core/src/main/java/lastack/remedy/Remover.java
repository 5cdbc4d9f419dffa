package lastack.remedy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import lastack.filter.Filter;
import lastack.kernel.KernelException;
import lastack.kernel.diag.SockDiag;
import lastack.kernel.process.Privileges;
import lastack.kernel.process.ProcStat;
import lastack.model.Owner;
import lastack.model.TcpSocket;
import lastack.model.TcpState;
import lastack.model.UnavailableException;
import lastack.sockets.Namespaces;
import lastack.sockets.SocketTable;

/**
 * Removes sockets with the least harm: plans, makes sure again, acts, looks again.
 *
 * <pre>{@code
 * Filter filter = Filter.parse("state close-wait sport = :8080");
 * try (SocketTable table = SocketTable.open();
 *         Remover remover = Remover.open(table, filter, RemovalOptions.GENTLE)) {
 *     Plan plan = remover.plan(table.snapshot(Query.of(filter)).sockets());
 *     remover.execute(plan, result -> System.out.println(result.socket().id() + " " + result.outcome()));
 * }
 * }</pre>
 *
 * <p>Never acts on a socket that is not in the plan, that is protected, or that does not match the filter any more.
 */
public final class Remover implements AutoCloseable {
    private static final long FIRST_PAUSE_MILLIS = 1;
    private static final long LONGEST_PAUSE_MILLIS = 50;

    private final SocketTable table;
    private final SockDiag diag;
    private final Filter filter;
    private final RemovalOptions options;
    private final Privileges privileges = Privileges.own();
    private final Protection protection;
    private final Ladder ladder;

    private Remover(SocketTable table, SockDiag diag, Filter filter, RemovalOptions options) {
        this.table = table;
        this.diag = diag;
        this.filter = filter;
        this.options = options;
        OwnSession session = OwnSession.find();
        this.protection = new Protection(session, options);
        this.ladder = new Ladder(diag, session);
    }

    /**
     * A remover of sockets in the table's namespace.
     *
     * @param filter what was asked for; a socket that stopped matching is left alone
     * @throws UnavailableException where the kernel has no sock_diag
     */
    public static Remover open(SocketTable table, Filter filter, RemovalOptions options) throws UnavailableException {
        return new Remover(table, openDiag(table.path()), filter, options);
    }

    private static SockDiag openDiag(Optional<Path> namespace) throws UnavailableException {
        if (namespace.isPresent()) {
            return Namespaces.inside(namespace.get(), SockDiag::open);
        }
        try {
            return SockDiag.open();
        } catch (KernelException e) {
            throw new UnavailableException("sock_diag", String.valueOf(e.getMessage()), "see lastack doctor");
        }
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
                .orElseGet(() -> new Removal(target, ladder.rungs(options, target), options.escalate()));
    }

    /**
     * Carries out a plan and hands over each result as soon as it is known.
     *
     * <p>Every socket gets one attempt, then all are looked at until they are gone or the time to wait is over; those that
     * are still there get their next method, if the options allow one.
     */
    public void execute(Plan plan, Consumer<Result> results) throws UnavailableException {
        List<Removal> open = new ArrayList<>(plan.removals());
        handOver(open, results);
        dropWhatChanged(open);
        handOver(open, results);
        while (!open.isEmpty()) {
            for (Removal removal : open) {
                act(removal);
            }
            handOver(open, results);
            lookUntilGone(open, results);
            giveUpOrGoOn(open);
            handOver(open, results);
        }
    }

    /** A refusal can come after a part was done, and the socket be gone or in another state because of it. */
    private void act(Removal removal) throws UnavailableException {
        removal.act();
        if (removal.settled().isPresent()) {
            removal.seenIn(
                    table.findAgain(removal.socket()).map(TcpSocket::state).orElse(null));
        }
    }

    private static void handOver(List<Removal> open, Consumer<Result> results) {
        open.removeIf(removal -> {
            removal.settled().ifPresent(results);
            return removal.settled().isPresent();
        });
    }

    private void dropWhatChanged(List<Removal> open) throws UnavailableException {
        for (Removal removal : open) {
            Optional<TcpSocket> now = table.findAgain(removal.socket());
            if (now.isEmpty()) {
                removal.settleUntouched(Outcome.ALREADY_GONE, "it was gone before anything was done", null);
            } else if (!filter.matches(now.get())) {
                TcpState state = now.get().state();
                removal.settleUntouched(
                        Outcome.SKIPPED, "it does not match any more and is in " + state + " now", state);
            }
        }
    }

    private void lookUntilGone(List<Removal> open, Consumer<Result> results) throws UnavailableException {
        long deadline = System.nanoTime() + options.patience().toNanos();
        long pause = FIRST_PAUSE_MILLIS;
        settleRemoved(open);
        handOver(open, results);
        while (!open.isEmpty() && System.nanoTime() < deadline) {
            sleep(pause);
            pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
            settleRemoved(open);
            handOver(open, results);
        }
    }

    private void settleRemoved(List<Removal> open) throws UnavailableException {
        for (Removal removal : open) {
            boolean descriptorHeld =
                    options.freeDescriptor() && !removal.socket().owners().isEmpty();
            if (table.findAgain(removal.socket()).isEmpty() && (!descriptorHeld || removal.descriptorFreed())) {
                removal.settleRemoved();
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

    private void giveUpOrGoOn(List<Removal> open) throws UnavailableException {
        for (Removal removal : open) {
            TcpState now =
                    table.findAgain(removal.socket()).map(TcpSocket::state).orElse(TcpState.CLOSED);
            removal.notGone(now, whyStillThere(removal, now), hint());
        }
    }

    private String whyStillThere(Removal removal, TcpState now) {
        for (Owner owner : removal.socket().owners()) {
            boolean stopped = ProcStat.state(owner.pid()).orElse('?') == 'T';
            if (stopped && removal.tried() == Method.TERM) {
                return owner.label() + " is stopped and acts on SIGTERM only when it is continued";
            }
        }
        return "it stayed in " + now + " for " + options.patience().toMillis() + " ms";
    }

    private String hint() {
        return options.escalate()
                ? "no harsher method is left; see who holds it with lastack ls"
                : "--escalate goes on to harsher methods";
    }

    @Override
    public void close() {
        diag.close();
    }
}
