package lastack.diagnosis;

import java.util.List;
import java.util.Optional;
import lastack.model.TcpSocket;
import lastack.model.Timer;

/** SYN-SENT: a program wants to connect, and nobody has answered. */
final class SynSent implements Diagnoser {
    @Override
    public Diagnosis of(TcpSocket socket, Surroundings around) {
        Findings findings = new Findings(socket);
        Timer timer = socket.timer();
        int repeated = timer == null ? 0 : timer.retransmits();
        Context.age(socket, "the first SYN was sent", findings);
        Context.timer(socket, findings);
        findings.fact(
                "the kernel gives up after " + around.settings().synRetries() + " repetitions", "tcp_syn_retries");
        new Holders(socket, around).describe(findings);
        Context.sisters(socket, around, findings);
        Counsel counsel = new Counsel(socket, around.self());
        List<TcpSocket> listeners = around.listenersAtPeer(socket);
        listeners.forEach(listener -> Unaccepted.describe(listener, around, findings));
        Optional<TcpSocket> full = listeners.stream().filter(Listening::isFull).findFirst();
        if (full.isPresent() && listeners.size() == 1) {
            return queueFull(socket, full.get(), counsel, findings);
        }
        findings.advise(counsel.route())
                .advise(counsel.remove("connect fails at once in the program", "the connection might have come still"));
        String who = Words.owners(socket) + " waits for an answer of " + socket.peer();
        return repeated == 0
                ? findings.possibly(
                        Verdict.UNANSWERED, who + "; the SYN was sent a moment ago", "look again in a second")
                : findings.certainly(
                        Verdict.UNANSWERED,
                        who + ", which has not come after " + Words.count(repeated + 1L, "SYN")
                                + ": no such host, a firewall that drops, or a listener whose queue is full");
    }

    private static Diagnosis queueFull(TcpSocket socket, TcpSocket listener, Counsel counsel, Findings findings) {
        findings.advise(counsel.whyListener(listener))
                .advise(counsel.remove("connect fails at once in the program", "the connection might have come still"));
        return findings.certainly(
                Verdict.BACKLOG_FULL,
                Words.owners(socket) + " waits for " + Words.owners(listener) + " on this host: the accept queue of "
                        + listener.local() + " is full (" + listener.receiveQueue() + ", its backlog is "
                        + listener.sendQueue() + "), so the SYN is thrown away");
    }
}
