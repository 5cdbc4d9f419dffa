package lastack.cli.tui;

import lastack.cli.census.Look;
import lastack.model.TcpState;

/** How states look. */
final class States {
    /** What is passed through quickly where nothing is wrong. */
    private static final long LINGERS_FROM_MILLIS = 5_000;

    private States() {}

    static Ink ink(TcpState state) {
        return switch (state) {
            case CLOSE_WAIT -> Ink.BAD;
            case FIN_WAIT_1, FIN_WAIT_2, CLOSING, LAST_ACK -> Ink.WARNING;
            case TIME_WAIT -> Ink.COOL;
            case ESTABLISHED -> Ink.FINE;
            case LISTEN -> Ink.CALM;
            case SYN_SENT, SYN_RECV, NEW_SYN_RECV -> Ink.NEW;
            case CLOSED, BOUND_INACTIVE, UNKNOWN -> Ink.PLAIN;
        };
    }

    /** Whether a socket has been in a state too long that it should only pass through. */
    static boolean linger(Look look, TcpState state) {
        return switch (state) {
            case CLOSE_WAIT, FIN_WAIT_1, FIN_WAIT_2, CLOSING, LAST_ACK, SYN_SENT, SYN_RECV ->
                look.oldestMillis(state) >= LINGERS_FROM_MILLIS;
            case UNKNOWN, ESTABLISHED, TIME_WAIT, CLOSED, LISTEN, NEW_SYN_RECV, BOUND_INACTIVE -> false;
        };
    }
}
