package lastack.live;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import lastack.model.Age;
import lastack.model.SocketView;
import lastack.model.TcpSocket;
import lastack.model.TcpState;
import lastack.model.Timer;
import lastack.model.UnavailableException;
import org.jspecify.annotations.Nullable;

/**
 * Sockets in TIME-WAIT, and orphans in FIN-WAIT-2, of which the kernel keeps only a small rest (tcp_time_wait) and tells nothing more:
 * they are looked at again when their timers are over, and an orphan now and then before, because the peer's FIN moves it to TIME-WAIT.
 */
final class Afterlives {
    /** About 500 bytes each. */
    static final int MOST = 100_000;

    private static final long MILLI = 1_000_000;

    /** {@code TCP_TIMEWAIT_LEN} of {@code net/tcp.h}. */
    private static final long TIME_WAIT_MILLIS = 60_000;

    private static final long LATE_NANOS = 20 * MILLI;

    /** The kernel's timer wheel is coarse: a timer may fire an eighth of its time late. */
    private static final long STILL_THERE_NANOS = 250 * MILLI;

    private static final long FIRST_LOOK_NANOS = 100 * MILLI;

    private final Allowance allowance = new Allowance(0.1, 10 * MILLI);
    private final PriorityQueue<Rest> rests = new PriorityQueue<>(Comparator.comparingLong(Rest::look));
    private long leftOut;

    /**
     * A rest.
     *
     * @param since since when it is in its state, of {@code CLOCK_MONOTONIC}; nothing where that is not known
     * @param end when its timer is over
     * @param look when to look again
     * @param pause how long between that look and the one before
     */
    private record Rest(TcpSocket socket, @Nullable Long since, long end, long look, long pause) {
        Rest again(TcpSocket now, long moment) {
            long newEnd = endOf(now, moment);
            boolean timeWait = now.state() == TcpState.TIME_WAIT;
            long next = timeWait ? newEnd : Math.min(newEnd, moment + 2 * pause);
            return new Rest(
                    now.withOwners(socket.owners()),
                    since,
                    newEnd,
                    Math.max(next, moment + STILL_THERE_NANOS),
                    2 * pause);
        }
    }

    /** Whether it is such a rest: nobody holds it, and no retransmission, only a clock is running. */
    static boolean isOne(SocketView socket) {
        Timer timer = socket.timer();
        boolean waits = timer != null && timer.kind() == Timer.Kind.TIME_WAIT;
        return waits && (socket.state() == TcpState.TIME_WAIT || socket.state() == TcpState.FIN_WAIT_2);
    }

    /** Follows one from now on. */
    void add(TcpSocket socket, @Nullable Long since, long now) {
        if (rests.size() == MOST) {
            leftOut++;
            return;
        }
        Long began = socket.state() == TcpState.TIME_WAIT ? Long.valueOf(beginOfTimeWait(socket, now)) : since;
        long end = endOf(socket, now);
        long look = socket.state() == TcpState.TIME_WAIT ? end : Math.min(end, now + FIRST_LOOK_NANOS);
        rests.add(new Rest(socket, began, end, look, FIRST_LOOK_NANOS));
    }

    private static long endOf(TcpSocket socket, long now) {
        Timer timer = socket.timer();
        return now + (timer == null ? 0 : timer.expiresMillis()) * MILLI + LATE_NANOS;
    }

    private static long beginOfTimeWait(TcpSocket socket, long now) {
        Timer timer = socket.timer();
        long left = timer == null ? 0 : timer.expiresMillis();
        return now - Math.max(0, TIME_WAIT_MILLIS - left) * MILLI;
    }

    /**
     * A change of a rest.
     *
     * @param socket as it is after it
     */
    record Passing(
            long time,
            TcpSocket socket,
            TcpState from,
            @Nullable Age stayed) {}

    /** Looks at those whose time has come. */
    List<Passing> passed(Identities identities) throws UnavailableException {
        List<Passing> passed = new ArrayList<>();
        long now = System.nanoTime();
        Rest rest = rests.peek();
        while (rest != null && rest.look() - now <= 0 && allowance.isLeft()) {
            long began = System.nanoTime();
            rests.poll();
            look(rest, identities, passed);
            rest = rests.peek();
            allowance.spentSince(began);
        }
        return passed;
    }

    private void look(Rest rest, Identities identities, List<Passing> passed) throws UnavailableException {
        long now = System.nanoTime();
        TcpSocket found =
                identities.again(rest.socket()).filter(Afterlives::isOne).orElse(null);
        TcpState state = rest.socket().state();
        if (found == null) {
            passed.add(end(rest, state, now));
        } else if (found.state() != state) {
            long began = beginOfTimeWait(found, now);
            TcpSocket owned = found.withOwners(rest.socket().owners());
            passed.add(new Passing(
                    began, Step.after(owned, TcpState.TIME_WAIT), state, age(rest, began, Age.Bound.EXACT)));
            add(owned, began, now);
        } else {
            rests.add(rest.again(found, now));
        }
    }

    /** Gone before its timer was over: some time between the last look and this one. */
    private static Passing end(Rest rest, TcpState state, long now) {
        boolean early = rest.end() - now > 0;
        long time = early ? now : rest.end() - LATE_NANOS;
        Age.Bound bound = early ? Age.Bound.AT_MOST : Age.Bound.EXACT;
        return new Passing(time, Step.after(rest.socket(), TcpState.CLOSED), state, age(rest, time, bound));
    }

    private static @Nullable Age age(Rest rest, long until, Age.Bound bound) {
        Long since = rest.since();
        return since == null ? null : new Age(Math.max(0, (until - since) / MILLI), Age.Source.TIMER, bound);
    }

    /** How many were too many to follow. */
    long leftOut() {
        return leftOut;
    }
}
