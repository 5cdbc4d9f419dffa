package lastack.ports;

import lastack.model.TcpSocket;

/** What a socket on a port is to somebody who wants to bind that port. */
public enum Standing {
    /** A program serves there. */
    LISTENER("state listening"),
    /** A program has bound it and does not listen: it may be about to, or it was stopped. */
    BOUND("state closed"),
    /** What its program has closed, or whose other end has. */
    LINGERING("state fin-wait-1 state fin-wait-2 state time-wait state close-wait state last-ack state closing"),
    /** A connection in use, or on its way to be; one that a living program has only half closed is, too. */
    IN_USE("state established state syn-sent state syn-recv state fin-wait-1 state fin-wait-2");

    private final String states;

    Standing(String states) {
        this.states = states;
    }

    /** Its states in the filter language. */
    String states() {
        return states;
    }

    /** The standing of a socket. */
    public static Standing of(TcpSocket socket) {
        return switch (socket.state()) {
            case LISTEN -> LISTENER;
            case CLOSED, BOUND_INACTIVE -> BOUND;
            case ESTABLISHED, SYN_SENT, SYN_RECV, NEW_SYN_RECV, UNKNOWN -> IN_USE;
            case FIN_WAIT_1, FIN_WAIT_2 -> socket.orphan() ? LINGERING : IN_USE;
            case TIME_WAIT, CLOSE_WAIT, LAST_ACK, CLOSING -> LINGERING;
        };
    }
}
