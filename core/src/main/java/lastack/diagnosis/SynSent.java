package lastack.diagnosis;

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
}
