package lastack.sockets;

import lastack.kernel.diag.InetDiagMsg;
import lastack.model.Age;
import lastack.model.Age.Bound;
import lastack.model.Age.Source;
import lastack.model.TcpState;
import lastack.model.Timer;
import org.jspecify.annotations.Nullable;

/**
 * How long a socket has been in its state, from one look (measured on Linux 6.18, docs/decisions/0005).
 *
 * @param finTimeoutMillis {@code net.ipv4.tcp_fin_timeout} of the namespace, in milliseconds
 */
record StateAge(long finTimeoutMillis) {
    /** {@code TCP_TIMEWAIT_LEN} of {@code net/tcp.h}: 60 s on every Linux. */
    private static final long TIME_WAIT_MILLIS = 60_000;

    /** The age of the socket, or null where one look cannot tell. */
    @Nullable
    Age of(InetDiagMsg socket) {
        return switch (TcpState.of(socket.state())) {
            case CLOSE_WAIT -> closeWait(socket);
            case FIN_WAIT_2 -> socket.inode() == 0 ? orphanFinWait2(socket) : finWait2(socket);
            case TIME_WAIT -> sinceTimerBegan(TIME_WAIT_MILLIS, socket, Bound.EXACT);
            case FIN_WAIT_1, LAST_ACK, CLOSING, SYN_SENT -> unacknowledged(socket);
            default -> null;
        };
    }

    /** The FIN was the last segment with an ACK, unless we sent data or a probe later and had it acknowledged. */
    private static @Nullable Age closeWait(InetDiagMsg socket) {
        boolean answeredLater = Timer.Kind.of(socket.timer()) != Timer.Kind.NONE
                || socket.lastDataSentMillis() < socket.lastAckReceivedMillis();
        return sinceLastAck(socket, answeredLater ? Bound.AT_LEAST : Bound.EXACT);
    }

    /** The ACK of our FIN was the last one, unless the peer sent data later. */
    private static @Nullable Age finWait2(InetDiagMsg socket) {
        boolean dataLater = socket.lastDataReceivedMillis() <= socket.lastAckReceivedMillis();
        return sinceLastAck(socket, dataLater ? Bound.AT_LEAST : Bound.EXACT);
    }

    private static @Nullable Age sinceLastAck(InetDiagMsg socket, Bound bound) {
        return socket.hasInfo() ? new Age(socket.lastAckReceivedMillis(), Source.LAST_ACK, bound) : null;
    }

    /**
     * The timer began when the program closed the socket, which may have been in this state before. A program that set a
     * shorter time of its own (TCP_LINGER2) cannot be told from one that did not: its sockets look older.
     *
     * <p>Up to 60 s the kernel keeps it like TIME-WAIT at once. What a timeout is longer it first waits on the keepalive
     * timer, and then as long again ({@code tcp_close} and {@code tcp_keepalive_timer} of {@code net/ipv4}).
     */
    private @Nullable Age orphanFinWait2(InetDiagMsg socket) {
        long beyond = finTimeoutMillis - TIME_WAIT_MILLIS;
        if (beyond <= 0) {
            return sinceTimerBegan(finTimeoutMillis, socket, Bound.AT_LEAST);
        }
        boolean second = Timer.Kind.of(socket.timer()) == Timer.Kind.TIME_WAIT;
        return sinceTimerBegan(second ? 2 * beyond : beyond, socket, Bound.AT_LEAST);
    }

    private static @Nullable Age sinceTimerBegan(long length, InetDiagMsg socket, Bound bound) {
        boolean running = Timer.Kind.of(socket.timer()) != Timer.Kind.NONE;
        return running ? new Age(Math.max(0, length - socket.expiresMillis()), Source.TIMER, bound) : null;
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
