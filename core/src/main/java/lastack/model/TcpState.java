package lastack.model;

import java.util.Locale;
import java.util.Optional;

/**
 * The states of a TCP connection (RFC 9293, section 3.3.2) with the numbers Linux gives them ({@code include/net/tcp_states.h}).
 *
 * <p>{@link #NEW_SYN_RECV} and {@link #BOUND_INACTIVE} are the kernel's own; {@link #UNKNOWN} stands for a number this
 * version has never heard of, so that such a socket is still shown.
 */
public enum TcpState {
    UNKNOWN(0, "UNKNOWN"),
    ESTABLISHED(1, "ESTAB"),
    SYN_SENT(2, "SYN-SENT"),
    SYN_RECV(3, "SYN-RECV"),
    FIN_WAIT_1(4, "FIN-WAIT-1"),
    FIN_WAIT_2(5, "FIN-WAIT-2"),
    TIME_WAIT(6, "TIME-WAIT"),
    CLOSED(7, "CLOSED"),
    CLOSE_WAIT(8, "CLOSE-WAIT"),
    LAST_ACK(9, "LAST-ACK"),
    LISTEN(10, "LISTEN"),
    CLOSING(11, "CLOSING"),
    NEW_SYN_RECV(12, "SYN-RECV"),
    BOUND_INACTIVE(13, "BOUND");

    private static final TcpState[] BY_NUMBER = values();

    private final int number;
    private final String label;

    TcpState(int number, String label) {
        this.number = number;
        this.label = label;
    }

    /** The state with this kernel number, or {@link #UNKNOWN}. */
    public static TcpState of(int number) {
        return number > 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : UNKNOWN;
    }

    /** The state of this name in any spelling: {@code CLOSE_WAIT}, {@code close-wait}, {@code CloseWait}, {@code ESTAB}. */
    public static Optional<TcpState> named(String name) {
        return switch (name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "")) {
            case "established", "estab" -> Optional.of(ESTABLISHED);
            case "synsent" -> Optional.of(SYN_SENT);
            case "synrecv", "synreceived" -> Optional.of(SYN_RECV);
            case "finwait1" -> Optional.of(FIN_WAIT_1);
            case "finwait2" -> Optional.of(FIN_WAIT_2);
            case "timewait" -> Optional.of(TIME_WAIT);
            case "closed", "close", "unconn", "unconnected" -> Optional.of(CLOSED);
            case "closewait" -> Optional.of(CLOSE_WAIT);
            case "lastack" -> Optional.of(LAST_ACK);
            case "listen", "listening" -> Optional.of(LISTEN);
            case "closing" -> Optional.of(CLOSING);
            case "boundinactive", "bound" -> Optional.of(BOUND_INACTIVE);
            default -> Optional.empty();
        };
    }

    /** The kernel's number. */
    public int number() {
        return number;
    }

    /** This state's bit in a set of states, as the kernel's {@code idiag_states} wants it. */
    public int bit() {
        return 1 << number;
    }

    /** The name as {@code ss} prints it: {@code CLOSE-WAIT}, {@code ESTAB}. */
    public String label() {
        return label;
    }

    @Override
    public String toString() {
        return label;
    }
}
