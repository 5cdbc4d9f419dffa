package lastack.filter;

import java.util.Locale;
import java.util.Optional;
import lastack.model.TcpState;
import org.jspecify.annotations.Nullable;

/** Sets of states as the kernel's masks, by the names of states and of the groups ss has. */
final class StateSet {
    /** Also the bits of states that are not invented yet. */
    static final int ALL = -1;

    private static final int SYN_RECV = TcpState.SYN_RECV.bit() | TcpState.NEW_SYN_RECV.bit();

    /** Sockets that are only bound say that they are closed; since Linux 6.8 they are listed when asked for by a bit of their own. */
    private static final int CLOSED = TcpState.CLOSED.bit() | TcpState.BOUND_INACTIVE.bit();

    private static final int BUCKET = SYN_RECV | TcpState.TIME_WAIT.bit();
    private static final int CONNECTED = ALL & ~(CLOSED | TcpState.LISTEN.bit());
    private static final int KNOWN = TcpState.BOUND_INACTIVE.bit() * 2 - 1 & ~TcpState.UNKNOWN.bit();

    static final String NAMES = "established, syn-sent, syn-recv, fin-wait-1, fin-wait-2, time-wait, close-wait,"
            + " last-ack, listening, closing, closed, or all, connected, synchronized, bucket, big";

    private StateSet() {}

    /** The states of this name in any spelling, or 0 when there is no such name. */
    static int named(String name) {
        return switch (plain(name)) {
            case "all" -> ALL;
            case "connected" -> CONNECTED;
            case "synchronized" -> CONNECTED & ~TcpState.SYN_SENT.bit();
            case "bucket" -> BUCKET;
            case "big" -> ~BUCKET;
            case "synrecv", "synrcv", "synreceived", "newsynrecv" -> SYN_RECV;
            case "unknown" -> ~KNOWN;
            case "closed", "close", "unconn", "unconnected" -> CLOSED;
            default -> state(name);
        };
    }

    private static int state(String name) {
        Optional<TcpState> state = TcpState.named(name);
        return state.isPresent() ? state.get().bit() : 0;
    }

    /** The name of a state or group that looks most like this one, or null. */
    static @Nullable String nearest(String name) {
        return Spelling.nearest(
                name.toLowerCase(Locale.ROOT).replace('_', '-'),
                "established",
                "syn-sent",
                "syn-recv",
                "fin-wait-1",
                "fin-wait-2",
                "time-wait",
                "close-wait",
                "last-ack",
                "listening",
                "closing",
                "closed",
                "connected",
                "synchronized",
                "bucket");
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }
}
