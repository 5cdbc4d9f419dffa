package lastack.cli.census;

import lastack.model.TcpState;

/** What holds a socket that no file refers to. */
final class Held {
    static final String KERNEL = "kernel";
    static final String NOT_ACCEPTED = "not accepted";

    private Held() {}

    static String byNobody(TcpState state) {
        return switch (state) {
            case ESTABLISHED, CLOSE_WAIT, SYN_RECV, NEW_SYN_RECV -> NOT_ACCEPTED;
            default -> KERNEL;
        };
    }
}
