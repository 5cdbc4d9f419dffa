package lastack.diagnosis;

import java.util.List;
import java.util.Optional;
import lastack.kernel.net.TcpSettings;
import lastack.model.Durations;
import lastack.model.TcpSocket;
import lastack.model.Timer;

/** SYN-SENT: a program wants to connect, and nobody has answered. */
final class SynSent implements Diagnoser {
    /** {@code TCP_RTO_MAX} of {@code net/tcp.h}. */
    private static final long LONGEST_WAIT_MILLIS = 120_000;

    /** So often a second is doubled before it would be more. */
    private static final int MOST_DOUBLINGS = 6;

    @Override
    public Diagnosis of(TcpSocket socket, Surroundings around) {
        Findings findings = new Findings(socket);
        Timer timer = socket.timer();
        int repeated = timer == null ? 0 : timer.retransmits();
        Context.age(socket, "the first SYN was sent", findings);
        Context.timer(socket, findings);
        findings.fact(
                "the kernel gives up about " + Durations.format(patienceMillis(around.settings()))
                        + " after the first SYN, unless the program asked for another number of them (TCP_SYNCNT)",
                "tcp_syn_retries");
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

    /**
     * What the repetitions take, 1 s, 2 s, 4 s ... up to two minutes each ({@code tcp_model_timeout} of {@code net/ipv4/tcp_timer.c}). Their
     * number says less: since Linux 6.5 the first few are a second apart ({@code tcp_syn_linear_timeouts}).
     */
    private static long patienceMillis(TcpSettings settings) {
        int doublings = Math.min(settings.synRetries(), MOST_DOUBLINGS);
        return 1_000L * ((2L << doublings) - 1) + (settings.synRetries() - doublings) * LONGEST_WAIT_MILLIS;
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
