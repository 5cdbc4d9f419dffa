package lastack.diagnosis;

import lastack.kernel.net.TcpSettings;
import lastack.model.Durations;
import lastack.model.TcpSocket;
import lastack.model.Timer;

/** FIN-WAIT-1, CLOSING and LAST-ACK: this end's FIN is not confirmed. */
record Unacknowledged(Thresholds thresholds) implements Diagnoser {
    private static final int MOST_DOUBLINGS = 20;

    @Override
    public Diagnosis of(TcpSocket socket, Surroundings around) {
        Findings findings = new Findings(socket);
        Context.age(socket, "this end closed", findings);
        Context.timer(socket, findings);
        backOff(socket, findings);
        new Holders(socket, around).describe(findings);
        Context.sisters(socket, around, findings);
        Context.otherEnd(socket, around, findings);
        findings.advise(new Counsel(socket, around.self())
                .destroy("if the peer is alive after all, it may lose what was not delivered"));
        return windowIsClosed(socket) ? windowClosed(socket, findings) : silent(socket, around, findings);
    }

    private static void backOff(TcpSocket socket, Findings findings) {
        long waiting = Words.info(socket, "rto");
        if (waiting > 0) {
            findings.fact(
                    "it waits " + Durations.format(waiting / 1_000) + " between two attempts now, after "
                            + Words.info(socket, "backoff") + " doublings",
                    "tcp_info rto, backoff");
        }
        if (socket.sendQueue() > 1) {
            findings.fact(
                    Words.count(socket.sendQueue() - 1, "byte") + " before the FIN are not confirmed either",
                    Words.SOCK_DIAG + " Send-Q");
        }
    }

    /** The peer's kernel answers, but leaves no room to send. */
    static boolean windowIsClosed(TcpSocket socket) {
        Timer timer = socket.timer();
        return timer != null && timer.kind() == Timer.Kind.PERSIST && Words.info(socket, "snd_wnd") == 0;
    }

    /**
     * For how long the window has surely been closed: since data last went out, or for the waits of the probes so far, r, 2r, 4r ...
     * ({@code tcp_probe0_when} of {@code net/tcp.h}).
     */
    static long closedMillis(TcpSocket socket) {
        long doublings = Math.min(Math.max(0, Words.info(socket, "backoff")), MOST_DOUBLINGS);
        long probing = Math.max(0, Words.info(socket, "rto")) / 1_000 * ((1L << doublings) - 1);
        return Math.max(probing, Words.info(socket, "last_data_sent"));
    }

    private Diagnosis windowClosed(TcpSocket socket, Findings findings) {
        findings.fact("the peer's receive window is closed", "tcp_info snd_wnd, persist timer");
        long probes = Words.info(socket, "probes");
        if (probes > 1) {
            findings.fact("the last " + probes + " probes of it were not answered", "tcp_info probes");
            return findings.likely(
                    Verdict.FIN_UNACKNOWLEDGED,
                    "the FIN waits behind data the peer had no room for, and the peer does not answer any more",
                    "the kernel gives up by itself when it stays like this");
        }
        String summary =
                "the FIN waits behind data the peer does not read: its window is closed, and while its kernel answers"
                        + " the kernel here does not give up";
        return closedMillis(socket) >= thresholds.momentMillis()
                ? findings.certainly(Verdict.FIN_UNACKNOWLEDGED, summary)
                : findings.possibly(Verdict.FIN_UNACKNOWLEDGED, summary, "look again in a second");
    }

    private static Diagnosis silent(TcpSocket socket, Surroundings around, Findings findings) {
        Timer timer = socket.timer();
        int repeated = timer == null ? 0 : timer.retransmits();
        if (repeated == 0) {
            return findings.possibly(
                    Verdict.FIN_UNACKNOWLEDGED,
                    "the FIN is not confirmed yet, and nothing had to be repeated so far",
                    "look again in a second");
        }
        int most = limit(socket, around.settings(), findings);
        findings.advise(new Counsel(socket, around.self())
                        .wait("the kernel gives up after about " + most + " attempts"))
                .advise(new Counsel(socket, around.self()).route());
        return findings.likely(
                Verdict.FIN_UNACKNOWLEDGED,
                (socket.sendQueue() > 1 ? "data and the FIN behind it were repeated " : "the FIN was repeated ")
                        + Words.count(repeated, "time")
                        + " without an answer: the peer's host is gone, cut off, or deaf",
                "an answer of the peer's host to anything else, such as a ping");
    }

    private static int limit(TcpSocket socket, TcpSettings settings, Findings findings) {
        int most = socket.orphan() ? settings.orphanRetries() : settings.retries();
        String name = socket.orphan() ? "tcp_orphan_retries" : "tcp_retries2";
        findings.fact("the kernel gives up after about " + most + " attempts without an answer", name);
        return most;
    }
}
