package lastack.testkit;

/** What a program sees of its connection when it reads until it can read no more. */
public enum Sight {
    /** Nothing new: a read would block. */
    NOTHING,
    /** The end of the stream: the other side sent a FIN. */
    END,
    /** The other side sent a RST: ECONNRESET, or after its FIN the end of the stream with EPIPE behind it. */
    RESET,
    /** ECONNABORTED or EPIPE: the socket was taken away on this host. */
    ABORTED,
    /** ECONNREFUSED: the connection never came to be. */
    REFUSED,
    /** ENOTCONN: the socket has no connection (any more). */
    NOT_CONNECTED;

    /** At the end of the stream; a RST that came after the FIN can only be seen in the socket's pending error. */
    static Sight atEnd(String pendingError) {
        return switch (pendingError) {
            case "EPIPE", "ECONNRESET" -> RESET;
            case "ECONNABORTED" -> ABORTED;
            default -> END;
        };
    }

    static Sight of(ActorException e) {
        return switch (e.errno()) {
            case "EAGAIN" -> NOTHING;
            case "ECONNRESET" -> RESET;
            case "ECONNABORTED", "EPIPE" -> ABORTED;
            case "ECONNREFUSED" -> REFUSED;
            case "ENOTCONN" -> NOT_CONNECTED;
            default -> throw e;
        };
    }
}
