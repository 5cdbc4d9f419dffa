package lastack.live;

import java.util.ArrayList;
import java.util.List;
import lastack.kernel.trace.StateSample;
import lastack.model.Age;
import lastack.model.Family;
import lastack.model.Owner;
import lastack.model.TcpSocket;
import lastack.model.TcpState;
import org.jspecify.annotations.Nullable;

/** What is known of one socket while it lives: the kernel's tracepoint tells its address, sock_diag who it is. */
final class Life {
    private static final long MILLI = 1_000_000;
    private static final int PIDS = 2;
    private static final int TRIES = 8;

    private final Family family;
    private final List<Integer> pids = new ArrayList<>(PIDS);
    private Ends ends;
    private TcpState state;

    /** Since when it is in its state, if that was seen. */
    private long since;

    private boolean sinceSeen;

    /** The age it had in its state when it was listed, and when that was. */
    private @Nullable Age listedAge;

    private long listedAt;
    private @Nullable TcpSocket socket;
    private long identifiedAt;
    private int tries;

    /** Begins with the first change that is seen. */
    Life(StateSample first) {
        this.family = first.family();
        this.ends = Ends.of(first);
        this.state = TcpState.of(first.from());
    }

    /** It is one that was listed in the state which it now leaves. */
    void wasListed(TcpSocket listed, long when) {
        socket = listed;
        listedAge = listed.age();
        listedAt = when;
        identifiedAt = when;
    }

    /** Goes on to the next state. */
    void move(StateSample sample) {
        state = TcpState.of(sample.to());
        since = sample.time();
        sinceSeen = true;
        Ends told = Ends.of(sample);
        if (told.areComplete() || !ends.areComplete()) {
            ends = told;
        }
        // Only a hint: a packet or a timer makes changes while any process is running.
        if (sample.pid() > 0 && !pids.contains(sample.pid())) {
            if (pids.size() == PIDS) {
                pids.removeFirst();
            }
            pids.add(sample.pid());
        }
    }

    /** How long it has been in its state at a moment. */
    @Nullable
    Age stayedUntil(long moment) {
        if (sinceSeen) {
            return new Age(Math.max(0, (moment - since) / MILLI), Age.Source.EVENT, Age.Bound.EXACT);
        }
        if (socket == null) {
            return null;
        }
        long listedFor = Math.max(0, (moment - listedAt) / MILLI);
        return listedAge == null
                ? new Age(listedFor, Age.Source.SEEN, Age.Bound.AT_LEAST)
                : new Age(listedAge.millis() + listedFor, listedAge.source(), listedAge.bound());
    }

    /** It was found to be this one, by a look that began at a moment. */
    void identify(TcpSocket found, long when) {
        if (socket == null) {
            identifiedAt = when;
        }
        List<Owner> before = socket == null ? List.of() : socket.owners();
        socket = found.owners().isEmpty() ? found.withOwners(before) : found;
    }

    /** Whether it had ended before it was found: then what was found is what is left of it, or another with the same two ends. */
    boolean wasFoundAfter(long moment) {
        return socket != null && identifiedAt - moment > 0;
    }

    void forget() {
        socket = null;
    }

    /** It was looked for. */
    void tried() {
        tries++;
    }

    boolean mayBeTriedAgain() {
        return tries < TRIES;
    }

    boolean isOver() {
        return state == TcpState.CLOSED;
    }

    void heldBy(List<Owner> owners) {
        if (socket != null) {
            socket = socket.withOwners(owners);
        }
    }

    Family family() {
        return family;
    }

    Ends ends() {
        return ends;
    }

    TcpState state() {
        return state;
    }

    long since() {
        return since;
    }

    @Nullable
    TcpSocket socket() {
        return socket;
    }

    List<Integer> likelyPids() {
        return pids;
    }
}
