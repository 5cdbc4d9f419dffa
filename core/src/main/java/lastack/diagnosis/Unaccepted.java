package lastack.diagnosis;

import java.util.List;
import lastack.model.Durations;
import lastack.model.Owner;
import lastack.model.TcpSocket;
import lastack.model.TcpState;

/** A connection in the queue of a listener, whether its client has closed already or not. */
record Unaccepted(Thresholds thresholds) implements Diagnoser {
    @Override
    public Diagnosis of(TcpSocket socket, Surroundings around) {
        Findings findings = new Findings(socket);
        long waited = waitedMillis(socket);
        if (waited >= 0) {
            findings.fact(
                    "it has waited for at least " + Durations.format(waited),
                    "tcp_info last_ack_recv and last_data_recv");
        }
        if (socket.state() == TcpState.CLOSE_WAIT) {
            Context.age(socket, "the client closed", findings);
        }
        List<TcpSocket> listeners = around.listeners(socket);
        listeners.forEach(listener -> describe(listener, around, findings));
        Context.sisters(socket, around, findings);
        Context.otherEnd(socket, around, findings);
        findings.advise(new Counsel(socket, around.self())
                .destroy("the client, if it still waits, sees a reset; a later accept returns a dead connection"));
        String summary = summary(socket, listeners);
        return waited >= thresholds.momentMillis()
                ? findings.certainly(Verdict.UNACCEPTED, summary)
                : findings.possibly(Verdict.UNACCEPTED, summary + "; it may be about to", "look again in a second");
    }

    /** No segment has come for so long, so it has been here for longer. */
    private static long waitedMillis(TcpSocket socket) {
        return Math.min(Words.info(socket, "last_ack_recv"), Words.info(socket, "last_data_recv"));
    }

    private static String summary(TcpSocket socket, List<TcpSocket> listeners) {
        String end = socket.state() == TcpState.CLOSE_WAIT ? ", and its client has closed meanwhile" : "";
        if (listeners.isEmpty()) {
            return "nobody has accepted it, and no listener on port "
                    + socket.local().port() + " is to be seen" + end;
        }
        TcpSocket listener = listeners.getFirst();
        return (listeners.size() > 1
                        ? "one of " + listeners.size() + " listeners on port "
                                + socket.local().port()
                        : Words.owners(listener))
                + " has not accepted it" + end;
    }

    /** Notes how full a listener's queue is, and whether anybody takes from it. */
    static void describe(TcpSocket listener, Surroundings around, Findings findings) {
        findings.fact(
                "the listener " + listener.local() + " of " + Words.owners(listener) + " has " + listener.receiveQueue()
                        + " in its accept queue; its backlog is " + listener.sendQueue(),
                Words.SOCK_DIAG + " Recv-Q, Send-Q");
        Holders holders = new Holders(listener, around);
        holders.describe(findings);
        holders.describeDescriptors(findings);
        holders.adviseToResume(findings);
        if (!listener.owners().isEmpty() && !holders.allStopped()) {
            Owner owner = listener.owners().getFirst();
            findings.advise(new Counsel(listener, around.self()).whereThreadsAre(owner));
        }
    }
}
