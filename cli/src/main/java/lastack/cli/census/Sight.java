package lastack.cli.census;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import lastack.model.Gap;
import lastack.model.SocketView;
import lastack.model.TcpSocket;
import lastack.model.TcpState;
import lastack.model.UnavailableException;
import lastack.sockets.Query;
import lastack.sockets.SocketTable;

/** A look while it is being made. */
final class Sight {
    private static final int STATES = TcpState.values().length;

    private final Question question;
    private final Tally tally;
    private final Top top;
    private final boolean compares;
    private final int onlyGroup;
    private final int[] counts = new int[STATES];
    private final long[] oldest = new long[STATES];
    private final Flows differences = new Flows();
    private final Flows watched = new Flows();
    private final List<Place> places = new ArrayList<>();
    private final List<Gap> gaps = new ArrayList<>();
    private int listed;

    /**
     * Begins one.
     *
     * @param compares whether there was an earlier look to compare with
     */
    Sight(Question question, Tally tally, Top top, boolean compares) {
        this.question = question;
        this.tally = tally;
        this.top = top;
        this.compares = compares;
        this.onlyGroup = question.only().map(tally::number).orElse(Tally.NONE);
        Arrays.fill(oldest, -1);
    }

    /** Streams through the sockets of one namespace. */
    void pass(SocketTable table, Query query, Watched namespace, Owners owners) {
        namespace.begin();
        int[] stayed = new int[STATES];
        try {
            // A table that changed meanwhile is no gap here: the next look mends what was missed.
            table.scan(query, owners.walked(), socket -> see(socket, namespace, stayed));
        } catch (UnavailableException e) {
            gaps.add(new Gap("network namespace " + table.namespace().label(), e.why(), e.remedy()));
        }
        if (compares) {
            countGone(namespace.recall().earlierCounts(), stayed);
        }
        namespace.end();
        places.add(namespace.place());
    }

    private void see(SocketView socket, Watched namespace, int[] stayed) {
        Recall recall = namespace.recall();
        TcpState state = socket.state();
        int earlier = recall.find(socket.cookie());
        int group = namespace.group(socket, earlier, tally);
        if (!recall.keep(socket.cookie(), state, group)) {
            return;
        }
        namespace.seen(socket);
        long age = Order.millis(socket);
        counts[state.number()]++;
        oldest[state.number()] = Math.max(oldest[state.number()], age);
        if (group != Tally.NONE) {
            tally.count(group, socket, age);
        }
        if (earlier >= 0) {
            stayed[recall.stateAt(earlier).number()]++;
        }
        if (compares) {
            countMove(socket, earlier, namespace);
        }
        list(socket, group, age);
    }

    private void countMove(SocketView socket, int earlier, Watched namespace) {
        TcpState now = socket.state();
        if (earlier >= 0) {
            TcpState before = namespace.recall().stateAt(earlier);
            if (before != now) {
                differences.add(before, now, 1);
            }
        } else {
            boolean opened = now != TcpState.LISTEN && namespace.isServed(socket);
            differences.add(opened ? TcpState.LISTEN : TcpState.CLOSED, now, 1);
        }
    }

    private void countGone(int[] before, int[] stayed) {
        for (int state = 0; state < STATES; state++) {
            if (before[state] > stayed[state]) {
                differences.add(TcpState.of(state), TcpState.CLOSED, before[state] - stayed[state]);
            }
        }
    }

    private void list(SocketView socket, int group, long age) {
        if (question.only().isEmpty() || group == onlyGroup) {
            listed++;
            top.offer(question.order().weight(socket, age), socket.cookie(), socket::keep);
        }
    }

    /** Where the changes that were watched are added. */
    Flows watchedFlows() {
        return watched;
    }

    List<TcpSocket> listed() {
        return top.sockets();
    }

    List<Gap> gaps() {
        return gaps;
    }

    Look close(boolean wasWatched, double seconds, List<TcpSocket> sockets, boolean ownersKnown, List<Gap> allGaps) {
        return new Look(
                Arrays.stream(counts).boxed().toList(),
                Arrays.stream(oldest).boxed().toList(),
                wasWatched ? watched : differences,
                wasWatched,
                seconds,
                tally.close(),
                sockets,
                listed,
                ownersKnown,
                List.copyOf(places),
                List.copyOf(allGaps));
    }
}
