package lastack.model;

/**
 * What a router has seen of a TCP connection that passes through it ({@code enum tcp_conntrack},
 * {@code linux/netfilter/nf_conntrack_tcp.h}).
 *
 * <p>No state of a socket: a router that saw one FIN says CLOSE-WAIT, whatever the two ends are in.
 */
public enum TrackedState {
    NONE(0, "NONE", 0),
    SYN_SENT(1, "SYN-SENT", TcpState.SYN_SENT.bit()),
    SYN_RECV(2, "SYN-RECV", TcpState.SYN_RECV.bit()),
    ESTABLISHED(3, "ESTAB", TcpState.ESTABLISHED.bit()),
    /** A FIN that is not acknowledged yet. */
    FIN_WAIT(4, "FIN-WAIT", TcpState.FIN_WAIT_1.bit()),
    CLOSE_WAIT(5, "CLOSE-WAIT", TcpState.CLOSE_WAIT.bit()),
    LAST_ACK(6, "LAST-ACK", TcpState.LAST_ACK.bit()),
    TIME_WAIT(7, "TIME-WAIT", TcpState.TIME_WAIT.bit()),
    CLOSED(8, "CLOSED", TcpState.CLOSED.bit()),
    /** Both ends sent a SYN. */
    SYN_SENT_2(9, "SYN-SENT-2", TcpState.SYN_SENT.bit()),
    /** A number this version has never heard of, or none. */
    UNKNOWN(-1, "UNKNOWN", 0);

    private final int number;
    private final String label;
    private final int filterBit;

    TrackedState(int number, String label, int filterBit) {
        this.number = number;
        this.label = label;
        this.filterBit = filterBit;
    }

    /** The state with this kernel number, or {@link #UNKNOWN}. */
    public static TrackedState of(int number) {
        for (TrackedState state : values()) {
            if (state.number == number) {
                return state;
            }
        }
        return UNKNOWN;
    }

    /** The name as lastack prints it. */
    public String label() {
        return label;
    }

    /** The {@link TcpState#bit()} of the state that means this one in a filter; 0 for none. */
    public int filterBit() {
        return filterBit;
    }

    @Override
    public String toString() {
        return label;
    }
}
