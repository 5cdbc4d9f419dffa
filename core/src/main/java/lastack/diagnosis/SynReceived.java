package lastack.diagnosis;

import java.util.List;
import java.util.Optional;
import lastack.model.TcpSocket;
import lastack.model.Timer;

/** SYN-RECV: a client's SYN was answered, and the client's own answer is missing. */
final class SynReceived implements Diagnoser {
    @Override
    public Diagnosis of(TcpSocket socket, Surroundings around) {
        Findings findings = new Findings(socket);
        Timer timer = socket.timer();
        int repeated = timer == null ? 0 : timer.retransmits();
        Context.timer(socket, findings);
        findings.fact(
                "the kernel gives up after " + around.settings().synAckRetries() + " repetitions",
                "tcp_synack_retries");
        List<TcpSocket> listeners = around.listeners(socket);
        listeners.forEach(listener -> Unaccepted.describe(listener, around, findings));
        Context.sisters(socket, around, findings);
        Optional<TcpSocket> full = listeners.stream().filter(Listening::isFull).findFirst();
        if (full.isPresent() && listeners.size() == 1) {
            findings.advise(new Counsel(socket, around.self()).whyListener(full.get()));
            return findings.likely(
                    Verdict.BACKLOG_FULL,
                    "the accept queue of " + Words.owners(full.get()) + " is full: the client's answer is thrown away",
                    "room in the queue: the handshake then completes with the next repetition");
        }
        return lost(socket, repeated, around, findings);
    }

    private static Diagnosis lost(TcpSocket socket, int repeated, Surroundings around, Findings findings) {
        findings.advise(new Counsel(socket, around.self()).route())
                .advise(new Counsel(socket, around.self()).wait("the kernel drops it after its last repetition"));
        return repeated == 0
                ? findings.possibly(Verdict.ACK_LOST, "the SYN was answered a moment ago", "look again in a second")
                : findings.likely(
                        Verdict.ACK_LOST,
                        "the SYN,ACK was repeated " + Words.count(repeated, "time")
                                + ", and the client's answer does not"
                                + " come in: lost on the way, or the SYN had a false sender",
                        "whether the listener has TCP_DEFER_ACCEPT: then a client that says nothing waits here too");
    }
}
