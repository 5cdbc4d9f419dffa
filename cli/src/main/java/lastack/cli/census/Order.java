package lastack.cli.census;

import lastack.model.Age;
import lastack.model.IpAddress;
import lastack.model.SocketView;
import lastack.model.TcpState;

/** What comes first in the list of sockets. */
public enum Order {
    /** What lingers before what works, the oldest first. */
    STATE("state"),
    AGE("age"),
    RECV_Q("recv-q"),
    SEND_Q("send-q"),
    LOCAL("local port"),
    PEER("peer");

    private static final int AGE_BITS = 48;

    private final String label;

    Order(String label) {
        this.label = label;
    }

    /** Its name on the screen. */
    public String label() {
        return label;
    }

    /** The next one, the first behind the last. */
    public Order next() {
        return switch (this) {
            case STATE -> AGE;
            case AGE -> RECV_Q;
            case RECV_Q -> SEND_Q;
            case SEND_Q -> LOCAL;
            case LOCAL -> PEER;
            case PEER -> STATE;
        };
    }

    /** Where the socket stands: what has more comes first. */
    public long weight(SocketView socket) {
        return weight(socket, millis(socket));
    }

    /** The same where the age is known already. */
    long weight(SocketView socket, long ageMillis) {
        return switch (this) {
            case STATE -> weight(socket.state(), ageMillis);
            case AGE -> ageMillis;
            case RECV_Q -> socket.receiveQueue();
            case SEND_Q -> socket.sendQueue();
            case LOCAL -> -socket.local().port();
            case PEER -> weight(socket.peer().address());
        };
    }

    /** The age in milliseconds, -1 when it is not known. */
    static long millis(SocketView socket) {
        Age age = socket.age();
        return age == null ? -1 : age.millis();
    }

    private static long weight(TcpState state, long ageMillis) {
        return ((long) -rank(state) << AGE_BITS) + ageMillis;
    }

    private static long weight(IpAddress address) {
        return -((address.high() >>> 1) + (address.low() >>> 1));
    }

    /** What a program holds and should not comes first, what works last. */
    static int rank(TcpState state) {
        return switch (state) {
            case CLOSE_WAIT -> 0;
            case LAST_ACK -> 1;
            case FIN_WAIT_1 -> 2;
            case CLOSING -> 3;
            case FIN_WAIT_2 -> 4;
            case SYN_SENT -> 5;
            case SYN_RECV, NEW_SYN_RECV -> 6;
            case UNKNOWN -> 7;
            case TIME_WAIT -> 8;
            case ESTABLISHED -> 9;
            case LISTEN -> 10;
            case CLOSED, BOUND_INACTIVE -> 11;
        };
    }
}
