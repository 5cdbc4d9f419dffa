package lastack.sockets;

import lastack.kernel.diag.InetDiagMsg;
import lastack.model.Age;
import lastack.model.Age.Bound;
import lastack.model.Age.Source;
import lastack.model.TcpState;
import lastack.model.Timer;
import org.jspecify.annotations.Nullable;

/** How long a socket has been in its state, from one look (measured on Linux 6.18, docs/decisions/0005). */
final class StateAge {
    /** {@code TCP_TIMEWAIT_LEN} of {@code net/tcp.h}: 60 s on every Linux. */
    private static final long TIME_WAIT_MILLIS = 60_000;

    private static final long MICROS_IN_A_MILLISECOND = 1_000;

    private StateAge() {}

    /** The age of the socket, or null where one look cannot tell. */
    static @Nullable Age of(InetDiagMsg socket) {
        return switch (TcpState.of(socket.state())) {
            case CLOSE_WAIT -> closeWait(socket);
            case FIN_WAIT_2 -> finWait2(socket);
            case TIME_WAIT -> timeWait(socket);
            case FIN_WAIT_1, LAST_ACK, CLOSING, SYN_SENT -> unacknowledged(socket);
            case ESTABLISHED -> unaccepted(socket);
            default -> null;
        };
    }

    /** One in the queue of a listener has been there since before the last segment came; nothing else tells when it got there. */
    private static @Nullable Age unaccepted(InetDiagMsg socket) {
        long last = Math.min(socket.lastAckReceivedMillis(), socket.lastDataReceivedMillis());
        return socket.inode() == 0 && last >= 0 ? new Age(last, Source.LAST_ACK, Bound.AT_LEAST) : null;
    }

    /**
     * The FIN was the last segment with an ACK, unless we sent data or a probe later and had it acknowledged. What was not
     * acknowledged within the retransmission timeout has been sent again, so an ACK that late is no answer to our data.
     */
    private static @Nullable Age closeWait(InetDiagMsg socket) {
        long between = socket.lastDataSentMillis() - socket.lastAckReceivedMillis();
        boolean answeredEarlier =
                socket.bytesSent() == 0 || between > socket.retransmissionTimeoutMicros() / MICROS_IN_A_MILLISECOND;
        boolean exact = answeredEarlier && Timer.Kind.of(socket.timer()) == Timer.Kind.NONE;
        return sinceLastAck(socket, exact ? Bound.EXACT : Bound.AT_LEAST);
    }

    /**
     * The ACK of our FIN was the last one, unless the peer sent data later or answers a keepalive probe. One that no program has is not known: its timer may
     * have any length (TCP_LINGER2), and runs from the close, before which it may have been in this state.
     */
    private static @Nullable Age finWait2(InetDiagMsg socket) {
        if (socket.inode() == 0) {
            return null;
        }
        boolean dataLater = socket.lastDataReceivedMillis() <= socket.lastAckReceivedMillis();
        boolean exact = !dataLater && Timer.Kind.of(socket.timer()) == Timer.Kind.NONE;
        return sinceLastAck(socket, exact ? Bound.EXACT : Bound.AT_LEAST);
    }

    private static @Nullable Age sinceLastAck(InetDiagMsg socket, Bound bound) {
        return socket.hasInfo() ? new Age(socket.lastAckReceivedMillis(), Source.LAST_ACK, bound) : null;
    }

    private static @Nullable Age timeWait(InetDiagMsg socket) {
        boolean running = Timer.Kind.of(socket.timer()) != Timer.Kind.NONE;
        return running
                ? new Age(Math.max(0, TIME_WAIT_MILLIS - socket.expiresMillis()), Source.TIMER, Bound.EXACT)
                : null;
    }

    /**
     * The waits so far were r, 2r, 4r ... up to the present one, of which a part has passed. Before the first doubling a SYN is
     * repeated a few times after r each ({@code tcp_syn_linear_timeouts}, Linux 6.5): the timer counts these too.
     *
     * <p>Only where the FIN or SYN alone is unacknowledged (it counts as one byte): waits for data began before this state.
     */
    private static @Nullable Age unacknowledged(InetDiagMsg socket) {
        boolean retransmits = Timer.Kind.of(socket.timer()) == Timer.Kind.RETRANSMIT;
        if (!socket.hasInfo() || !retransmits || socket.sendQueue() != 1) {
            return null;
        }
        long present = socket.retransmissionTimeoutMicros() / 1_000;
        long first = present >> socket.backoff();
        long alike = Math.max(0, socket.retransmits() - socket.backoff()) * first;
        long age = alike + present - first + Math.max(0, present - socket.expiresMillis());
        return new Age(age, Source.BACKOFF, Bound.AT_LEAST);
    }
}
