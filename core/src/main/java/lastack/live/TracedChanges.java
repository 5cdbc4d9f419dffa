package lastack.live;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import lastack.filter.Known;
import lastack.kernel.Errno;
import lastack.kernel.KernelException;
import lastack.kernel.trace.StateTracepoint;
import lastack.model.Age;
import lastack.model.Gap;
import lastack.model.TcpSocket;
import lastack.model.UnavailableException;
import lastack.sockets.OwnerSearch;
import lastack.sockets.SocketTables;
import org.jspecify.annotations.Nullable;

/** State changes as the kernel tells them, joined with its table of sockets. */
public final class TracedChanges implements StateChanges {
    private static final long MILLI = 1_000_000;

    /** So long another CPU's earlier sample may take to appear. */
    private static final long ORDER_NANOS = MILLI;

    /** Nobody is woken for a single change: it is looked for this often, the more often while there are some. */
    private static final long BUSY_NANOS = 2 * MILLI;

    private static final long QUIET_NANOS = 5 * MILLI;
    private static final long QUIET_AFTER_NANOS = 1_000 * MILLI;

    /** Enough to see whether it works. */
    private static final int SMALL_RING = 1 << 16;

    private final StateTracepoint tracepoint;
    private final SocketTables tables;
    private final Gate gate;
    private final OwnerSearch owners;
    private final Chronology chronology = new Chronology();
    private final Afterlives afterlives = new Afterlives();
    private final Census census;
    private final Lives lives;
    private final Identities identities;
    private long unfollowed;
    private long lastChange = System.nanoTime();

    private TracedChanges(StateTracepoint tracepoint, SocketTables tables, Gate gate) throws UnavailableException {
        this.tracepoint = tracepoint;
        this.tables = tables;
        this.gate = gate;
        this.census = new Census(tables, socket -> afterlives.add(socket, null, System.nanoTime()));
        this.lives = new Lives(census);
        this.owners = new OwnerSearch();
        this.identities = new Identities(tables, lives, owners);
        identities.know(census.listeners());
    }

    static TracedChanges open(Scope scope) throws TracingUnavailable, UnavailableException {
        Gate gate = new Gate(scope);
        StateTracepoint tracepoint = openTracepoint(StateTracepoint.ringBytes());
        SocketTables tables = null;
        try {
            tables = SocketTables.open("all");
            return new TracedChanges(tracepoint, tables, gate);
        } catch (UnavailableException e) {
            tracepoint.close();
            if (tables != null) {
                tables.close();
            }
            throw e;
        }
    }

    static Optional<Gap> obstacle() {
        try (StateTracepoint tried = openTracepoint(SMALL_RING)) {
            assert tried.lost() == 0;
            return Optional.empty();
        } catch (TracingUnavailable e) {
            return Optional.of(e.gap());
        }
    }

    private static StateTracepoint openTracepoint(int ringBytes) throws TracingUnavailable {
        try {
            return StateTracepoint.open(ringBytes);
        } catch (AccessDeniedException e) {
            throw new TracingUnavailable(
                    "tracefs may not be read", "run as root, or with CAP_PERFMON and CAP_DAC_READ_SEARCH");
        } catch (NoSuchFileException e) {
            throw new TracingUnavailable(
                    "this kernel has no tracepoint " + StateTracepoint.NAME, "it takes Linux 4.16");
        } catch (IOException e) {
            throw new TracingUnavailable(String.valueOf(e.getMessage()), "see lastack doctor");
        } catch (KernelException e) {
            throw refused(e);
        }
    }

    private static TracingUnavailable refused(KernelException e) {
        boolean forbidden = e.is(Errno.EPERM) || e.is(Errno.EACCES);
        boolean tracefs = e.subject().equals("tracefs");
        String why = (tracefs ? "tracefs is not mounted, and mounting it: " : e.call() + ": ") + e.errno();
        if (!forbidden) {
            return new TracingUnavailable(why, "it takes a kernel with CONFIG_PERF_EVENTS and CONFIG_FTRACE");
        }
        return new TracingUnavailable(
                why,
                tracefs
                        ? "run as root, or mount it: mount -t tracefs tracefs /sys/kernel/tracing"
                        : "run as root, or with CAP_PERFMON (before Linux 5.8 CAP_SYS_ADMIN)");
    }

    @Override
    public void next(Duration atMost, Consumer<StateChange> consumer) throws UnavailableException {
        long until = System.nanoTime() + atMost.toNanos();
        boolean handed;
        do {
            handed = round(until, consumer);
        } while (!handed && System.nanoTime() - until < 0);
    }

    /** Whether there was anything. */
    private boolean round(long until, Consumer<StateChange> consumer) throws UnavailableException {
        try {
            await(until);
            // What another CPU hit before this moment has been written when we read below, but for a thread that stands
            // still.
            long moment = System.nanoTime() - ORDER_NANOS;
            tracepoint.drain(chronology::add);
            List<Step> steps = follow(moment);
            identities.find(steps);
            steps = withoutHandOvers(steps);
            tracepoint.drain(chronology::add);
            chronology.forEachWaiting(lives::foresee);
            return handOver(steps, consumer);
        } catch (KernelException e) {
            throw new UnavailableException("state changes", String.valueOf(e.getMessage()), "try again");
        }
    }

    private void await(long until) throws KernelException {
        long now = System.nanoTime();
        long pause = now - lastChange < QUIET_AFTER_NANOS ? BUSY_NANOS : QUIET_NANOS;
        tracepoint.await(Math.clamp(until - now, 0, pause));
    }

    private List<Step> follow(long moment) {
        List<Step> steps = new ArrayList<>();
        chronology.before(moment).forEach(sample -> {
            Step step = lives.follow(sample);
            if (step != null && gate.mayWant(step.ends())) {
                steps.add(step);
            }
        });
        lastChange = steps.isEmpty() ? lastChange : System.nanoTime();
        return steps;
    }

    private boolean handOver(List<Step> steps, Consumer<StateChange> consumer) throws UnavailableException {
        WallClock clock = WallClock.now();
        boolean any = false;
        for (Step step : steps) {
            any |= offer(change(step, clock), consumer);
        }
        for (Afterlives.Passing passing : afterlives.passed(identities)) {
            any |= offer(change(passing, clock), consumer);
        }
        return any;
    }

    /** What the kernel calls closed when it goes on is no end. */
    private List<Step> withoutHandOvers(List<Step> steps) throws UnavailableException {
        List<Step> whole = new ArrayList<>(steps.size());
        for (Step step : steps) {
            Step real = step.mayGoOn() ? goingOn(step) : step;
            if (real != null) {
                whole.add(real);
            }
        }
        return whole;
    }

    /** Null when it only went on as a smaller socket in the same state. */
    private @Nullable Step goingOn(Step step) throws UnavailableException {
        if (!identities.hasTime()) {
            unfollowed++;
            return step;
        }
        TcpSocket rest = identities.goingOn(step.life()).orElse(null);
        if (rest == null) {
            return step;
        }
        afterlives.add(rest, step.began(), System.nanoTime());
        return rest.state() == step.from() ? null : step.to(rest.state());
    }

    private boolean offer(StateChange change, Consumer<StateChange> consumer) {
        boolean wanted = gate.wants(change);
        if (wanted) {
            consumer.accept(change);
        }
        return wanted;
    }

    private static StateChange change(Step step, WallClock clock) {
        return new StateChange(
                clock.at(step.time()),
                step.from(),
                step.to(),
                step.socket(),
                step.known(),
                step.stayed(),
                StateChange.Source.EVENT);
    }

    private static StateChange change(Afterlives.Passing passing, WallClock clock) {
        return new StateChange(
                clock.at(passing.time()),
                passing.from(),
                passing.socket().state(),
                passing.socket(),
                Known.OWNERS,
                passing.stayed(),
                StateChange.Source.TIMER);
    }

    @Override
    public boolean isPolling() {
        return false;
    }

    @Override
    public List<Gap> gaps() {
        List<Gap> gaps = new ArrayList<>(tables.gaps());
        gaps.addAll(owners.gaps());
        if (census.leftOut() > 0) {
            gaps.add(new Gap(
                    "sockets",
                    census.leftOut() + " of those that were there at the beginning were too many to remember",
                    "they are known from their next change on"));
        }
        if (unfollowed + afterlives.leftOut() > 0) {
            gaps.add(new Gap(
                    "ends of TIME-WAIT",
                    (unfollowed + afterlives.leftOut()) + " could not be followed",
                    "narrow the filter"));
        }
        return gaps;
    }

    @Override
    public long lost() {
        return tracepoint.lost();
    }

    @Override
    public long undecided() {
        return gate.undecided();
    }

    @Override
    public Optional<Age> ageOf(TcpSocket socket) {
        return Optional.ofNullable(lives.of(socket))
                .filter(life -> life.state() == socket.state())
                .map(life -> life.stayedUntil(System.nanoTime()))
                .filter(age -> age.source() == Age.Source.EVENT);
    }

    @Override
    public void close() {
        tracepoint.close();
        tables.close();
    }
}
