package lastack.remedy;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import lastack.kernel.KernelException;
import lastack.kernel.diag.SockDiag;
import lastack.kernel.packet.FourTuple;
import lastack.kernel.packet.Routes;
import lastack.kernel.packet.TcpSegment;
import lastack.model.TcpSocket;
import lastack.model.TcpState;
import lastack.model.Timer;
import org.jspecify.annotations.Nullable;

/**
 * Learns a socket's numbers from what it sends: its answer to a SYN in the peer's name, or whatever it repeats on its own, as a FIN
 * nobody has acknowledged; and resets it with them.
 *
 * <p>A SYN and never an ACK: an ACK out of the window would start the 60 s of a TIME-WAIT anew.
 */
final class Question {
    /** Traffic may move the number between the answer and the RST; what does not go after so many is kept by something else. */
    private static final int ATTEMPTS = 5;

    /** A host that knows no such connection answers the answer with a RST at exactly its number. */
    private static final String GONE_WHEN_ASKED =
            "asked by a SYN in the peer's name, and reset by the peer's host when that saw the answer";

    private static final int SLACK_MILLIS = 30;

    private final SockDiag diag;
    private final TcpSocket socket;
    private final Voice voice;
    private final Ear ear;
    private final FourTuple out;
    private final long begun = System.nanoTime();
    private final long deadline;
    private final long repeat;
    private int asked;
    private int own;

    Question(SockDiag diag, TcpSocket socket, Voice voice, Ear ear) {
        this.diag = diag;
        this.socket = socket;
        this.voice = voice;
        this.ear = ear;
        this.out = FourTuple.between(socket.local(), socket.peer());
        this.deadline = begun + ear.patienceNanos();
        this.repeat = begun + ear.silence(untilItRepeatsItsFin());
    }

    /** Asks, and resets with the answer, until the socket is gone or the time is over. */
    Act resetByAnswer() throws KernelException {
        if (!hasRoute()) {
            return refused("no route leads to the peer, so that nothing the socket answers can be seen");
        }
        ear.turnTo(out);
        String how = "";
        for (int resets = 0; resets < ATTEMPTS && System.nanoTime() < deadline; ) {
            TcpSegment answer = answer();
            if (!isThere() && (answer == null || !isAnswerOfAnother(answer))) {
                return gone(how);
            }
            if (answer != null) {
                voice.reset(sendNext(answer), answer.acknowledgement());
                resets++;
                how = "reset at the number it told " + source(answer);
                if (!isThere()) {
                    return Act.done(how);
                }
            }
        }
        ear.waitedInVain(System.nanoTime() - begun);
        return how.isEmpty() ? refused(silence()) : Act.done(how);
    }

    private Act gone(String how) {
        if (!how.isEmpty()) {
            return Act.done(how);
        }
        return asked == 0 ? new Act.NothingLeft() : Act.done(GONE_WHEN_ASKED);
    }

    /** Nanoseconds; far off where it repeats none. The kernel's timer wheel is late by an eighth at most. */
    private long untilItRepeatsItsFin() {
        Timer timer = socket.timer();
        boolean awaitsAcknowledgement = switch (socket.state()) {
            case FIN_WAIT_1, CLOSING, LAST_ACK -> true;
            default -> false;
        };
        return awaitsAcknowledgement && timer != null && timer.kind() == Timer.Kind.RETRANSMIT
                ? TimeUnit.MILLISECONDS.toNanos(Math.max(0, timer.expiresMillis()) * 9L / 8 + SLACK_MILLIS)
                : Long.MAX_VALUE;
    }

    private boolean hasRoute() throws KernelException {
        try (Routes routes = Routes.open()) {
            return routes.ofOwn(out, socket.id().deviceIndex(), socket.details().mark())
                    .isPresent();
        }
    }

    private boolean isThere() throws KernelException {
        return diag.find(socket.id(), SockDiag.Extent.PLAIN, message -> {});
    }

    /**
     * The next segment that tells the numbers; null when none comes for so long that another SYN is due. While it will soon speak by
     * itself nobody asks.
     */
    private @Nullable TcpSegment answer() throws KernelException {
        TcpSegment repeated = asked == 0 ? hear(repeat) : null;
        if (repeated != null) {
            return repeated;
        }
        askUnlessUseless();
        return hear(Math.min(deadline, ear.pauseEnd()));
    }

    private @Nullable TcpSegment hear(long until) throws KernelException {
        TcpSegment segment = ear.hear(until);
        while (segment != null && !tells(segment) && isThere()) {
            segment = ear.hear(until);
        }
        return segment != null && tells(segment) ? segment : null;
    }

    /** SYN-SENT knows of no number of the peer's yet, and says its own only when it repeats its SYN. */
    private void askUnlessUseless() throws KernelException {
        if (socket.state() != TcpState.SYN_SENT) {
            own = ThreadLocalRandom.current().nextInt();
            voice.ask(own);
            asked++;
        }
    }

    /** A RST tells nothing: it may be the one sent to the peer in this socket's name. */
    private boolean tells(TcpSegment segment) {
        int wanted = socket.state() == TcpState.SYN_SENT ? TcpSegment.SYN : TcpSegment.ACK;
        return segment.has(wanted) && !segment.has(TcpSegment.RST);
    }

    /**
     * A SYN behind the last byte of a TIME-WAIT begins a new connection where a program listens on that port (RFC 9293, section
     * 3.10.7.4), which takes the place of the TIME-WAIT. That half of a connection is ours, and is reset like the rest.
     */
    private boolean isAnswerOfAnother(TcpSegment answer) {
        return asked > 0 && answer.has(TcpSegment.SYN) && answer.acknowledgement() == own + 1;
    }

    /** A SYN or a FIN takes a number, too. */
    private static int sendNext(TcpSegment answer) {
        boolean takesOne = answer.has(TcpSegment.SYN) || answer.has(TcpSegment.FIN);
        return answer.sequence() + (takesOne ? 1 : 0);
    }

    private String source(TcpSegment answer) {
        if (socket.state() == TcpState.SYN_SENT) {
            return "with its own SYN";
        }
        if (answer.has(TcpSegment.FIN)) {
            return asked == 0 ? "with the FIN it repeated; nothing was asked" : "with its FIN";
        }
        return asked == 1
                ? "when a SYN came in the peer's name"
                : "after " + asked + " SYNs in the peer's name; net.ipv4.tcp_invalid_ratelimit or"
                        + " tcp_challenge_ack_limit held its answer back";
    }

    private String silence() {
        String waited = "within " + Duration.ofNanos(deadline - begun).toMillis() + " ms";
        return socket.state() == TcpState.SYN_SENT
                ? "it did not repeat its SYN, which tells its number, " + waited
                : "nothing it sent could be seen " + waited + ", though it was asked " + asked
                        + " times: its next hop does not answer, or a firewall drops it";
    }

    private static Act refused(String why) {
        return new Act.Refused("ETIMEDOUT", why, "--wait gives it more time; --by destroy asks nobody", false);
    }
}
