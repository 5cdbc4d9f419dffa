package lastack.forwarded;

import java.util.concurrent.ThreadLocalRandom;
import lastack.kernel.Errno;
import lastack.kernel.KernelException;
import lastack.kernel.packet.FourTuple;
import lastack.kernel.packet.LinkSender;
import lastack.kernel.packet.NextHop;
import lastack.kernel.packet.PacketSocket;
import lastack.kernel.packet.PacketSocket.Direction;
import lastack.kernel.packet.TcpSegment;
import lastack.model.Flow;
import org.jspecify.annotations.Nullable;

/**
 * One end of a forwarded connection: spoken to in the name of the other, and listened to, with the addresses that end itself knows.
 *
 * <p>What is captured came in by the wire and has not met NAT yet; what is sent never meets it.
 */
final class FarEnd implements AutoCloseable {
    /** Longer than {@code tcp_invalid_ratelimit}, within which a socket answers only one strange segment. */
    private static final long PATIENCE_NANOS = 700_000_000L;

    private static final int ATTEMPTS = 2;

    private final LinkSender out;
    private final PacketSocket in;
    private EndSight sight = EndSight.UNKNOWN;

    /** What it sends next, and what it expects next; of use only once it has answered or the other end has. */
    private int sends;

    private int expects;

    private FarEnd(LinkSender out, PacketSocket in) {
        this.out = out;
        this.in = in;
    }

    /** Opens one; the flow is from this end to the other. */
    static FarEnd open(Flow from, NextHop.Neighbour hop) throws KernelException {
        FourTuple tuple = FourTuple.between(from.source(), from.destination());
        PacketSocket in = PacketSocket.open(tuple, Direction.RECEIVED, PacketSocket.EVERY_INTERFACE);
        try {
            return new FarEnd(LinkSender.open(tuple.reversed(), hop), in);
        } catch (KernelException e) {
            in.close();
            throw e;
        }
    }

    /** Goes on to an end of another connection, of which nothing is known yet. */
    void turnTo(Flow from, NextHop.Neighbour hop) throws KernelException {
        FourTuple tuple = FourTuple.between(from.source(), from.destination());
        in.turnTo(tuple);
        out.turnTo(tuple.reversed(), hop);
        sight = EndSight.UNKNOWN;
        take(0, 0);
    }

    EndSight sight() {
        return sight;
    }

    /** The sequence number this end sends next. */
    int sends() {
        return sends;
    }

    /** The sequence number this end expects next. */
    int expects() {
        return expects;
    }

    /** What the other end has said: the numbers of this one, mirrored. */
    void take(int sendsNext, int expectsNext) {
        sends = sendsNext;
        expects = expectsNext;
    }

    /**
     * Sends a SYN, which a living connection answers with its numbers (RFC 5961, section 4), and does not act on otherwise.
     *
     * @return whether it lives
     */
    boolean learn() throws KernelException {
        return isAlive(ThreadLocalRandom.current().nextInt(), 0, TcpSegment.SYN);
    }

    /** Sends what a keepalive would send: a living connection acknowledges it, another host says that there is none. */
    boolean stillAnswers() throws KernelException {
        return isAlive(expects - 1, sends, TcpSegment.ACK);
    }

    /** Ends it, at exactly the number it expects. */
    void reset() throws KernelException {
        isSent(expects, 0, TcpSegment.RST);
    }

    /** Whether it went out: a link that is down, or has lost its carrier (ENOBUFS), reaches nobody. */
    private boolean isSent(int sequence, int acknowledgement, int flags) throws KernelException {
        try {
            out.send(sequence, acknowledgement, flags);
            return true;
        } catch (KernelException e) {
            if (!e.is(Errno.ENOBUFS) && !e.is(Errno.ENETDOWN)) {
                throw e;
            }
            return false;
        }
    }

    private boolean isAlive(int sequence, int acknowledgement, int flags) throws KernelException {
        forgetOlder();
        sight = EndSight.SILENT;
        for (int attempt = 0; attempt < ATTEMPTS && sight == EndSight.SILENT; attempt++) {
            if (!isSent(sequence, acknowledgement, flags)) {
                return false;
            }
            TcpSegment answer = in.receive(System.nanoTime() + PATIENCE_NANOS);
            sight = answer == null ? EndSight.SILENT : judge(answer);
        }
        return sight == EndSight.ALIVE;
    }

    /** What came before the question answers none. */
    private void forgetOlder() throws KernelException {
        TcpSegment older = in.receive(System.nanoTime());
        while (older != null) {
            older = in.receive(System.nanoTime());
        }
    }

    private EndSight judge(TcpSegment answer) throws KernelException {
        if (answer.has(TcpSegment.RST)) {
            return EndSight.RESET;
        }
        if (answer.has(TcpSegment.SYN)) {
            // A listener took our SYN for a new connection, so there was none; the new one must not stay either.
            isSent(answer.acknowledgement(), 0, TcpSegment.RST);
            return EndSight.RESET;
        }
        take(answer.sequence(), answer.acknowledgement());
        return EndSight.ALIVE;
    }

    @Override
    public void close() {
        out.close();
        in.close();
    }

    /** The sight of an end, also of one that was never opened because nobody is there. */
    static EndSight sightOf(@Nullable FarEnd end) {
        return end == null ? EndSight.SILENT : end.sight;
    }
}
