package lastack.diagnosis;

import java.util.List;
import lastack.model.Owner;
import lastack.model.SocketMemory;
import lastack.model.TcpSocket;

/** LISTEN: whether the program takes the connections that come. */
final class Listening implements Diagnoser {
    /** The kernel's own test: more than the backlog ({@code sk_acceptq_is_full} of {@code net/sock.h}). */
    static boolean isFull(TcpSocket listener) {
        return listener.receiveQueue() > listener.sendQueue();
    }

    @Override
    public Diagnosis of(TcpSocket socket, Surroundings around) {
        Findings findings = new Findings(socket);
        drops(socket, around, findings);
        if (!isFull(socket)) {
            findings.fact(
                    socket.receiveQueue() + " in its accept queue; its backlog is " + socket.sendQueue(),
                    Words.SOCK_DIAG + " Recv-Q, Send-Q");
            Holders holders = new Holders(socket, around);
            if (holders.allStopped()) {
                holders.describe(findings);
                holders.adviseToResume(findings);
                return holders.standStill(findings, Words.owners(socket) + " stands still and accepts no connection");
            }
            if (!holders.atLimit().isEmpty() && !holders.areWaitedForWithinLimit()) {
                return outOfDescriptors(socket, holders, findings);
            }
            holders.describeDescriptors(findings);
            return findings.likely(
                    Verdict.HEALTHY,
                    socket.receiveQueue() == 0
                            ? "no connection waits in its queue"
                            : "it has room for connections; whether those that wait are taken, a second look shows",
                    "an accept queue that fills up under load would show");
        }
        Unaccepted.describe(socket, around, findings);
        if (socket.sendQueue() >= around.settings().maxBacklog()) {
            findings.fact("the backlog is as large as this namespace allows", "net.core.somaxconn");
        }
        findings.advise(new Counsel(socket, around.self())
                .repairProgram(
                        "accept in a thread of its own, and ask listen for a larger backlog",
                        "the queue does not fill up"));
        return conclude(socket, around, findings);
    }

    /** A burst fills a queue for a moment; two looks, or handshakes that were turned away, show more. */
    private static Diagnosis conclude(TcpSocket socket, Surroundings around, Findings findings) {
        String summary = Words.owners(socket) + " does not accept as fast as clients come: " + socket.receiveQueue()
                + " wait where the backlog is " + socket.sendQueue() + ", and new clients get no answer";
        if (around.before(socket).filter(Listening::isFull).isPresent()) {
            findings.fact("it was full at the first look too", Words.SOCK_DIAG + " Recv-Q, Send-Q");
            return findings.certainly(Verdict.ACCEPT_QUEUE_FULL, summary);
        }
        SocketMemory memory = socket.details().memory();
        String twice = "lastack why --sample 10s: it says whether the queue stays full";
        return memory != null && memory.drops() > 0
                ? findings.likely(Verdict.ACCEPT_QUEUE_FULL, summary, twice)
                : findings.possibly(Verdict.ACCEPT_QUEUE_FULL, summary, twice);
    }

    /** Of several that share a listener, such as the workers of a server, another may have descriptors left and be busy. */
    private static Diagnosis outOfDescriptors(TcpSocket socket, Holders holders, Findings findings) {
        holders.describe(findings);
        holders.describeDescriptors(findings);
        findings.without(Verdict.FD_EXHAUSTION);
        List<Owner> full = holders.atLimit();
        String summary = Words.labels(full) + " cannot accept: no descriptor is left, "
                + Words.count(socket.receiveQueue(), "connection") + " in the queue";
        long processes = socket.owners().stream().map(Owner::pid).distinct().count();
        return full.size() == processes
                ? findings.certainly(Verdict.FD_EXHAUSTION, summary)
                : findings.likely(
                        Verdict.FD_EXHAUSTION,
                        summary + "; nobody else who has the listener waits for connections at this moment",
                        "lastack why --sample 10s: whether those that wait are taken after all");
    }

    private static void drops(TcpSocket socket, Surroundings around, Findings findings) {
        SocketMemory memory = socket.details().memory();
        if (memory != null && memory.drops() > 0) {
            findings.fact(
                    "it has turned away " + Words.count(memory.drops(), "handshake") + " since it listens",
                    Words.SOCK_DIAG + " skmem d");
        }
        long overflows = around.counters().of("TcpExt.ListenOverflows");
        if (overflows > 0) {
            findings.fact(
                    "all listeners of this namespace together have overflowed " + Words.count(overflows, "time"),
                    "TcpExt ListenOverflows");
        }
    }
}
