package lastack.cli.print;

import java.util.List;
import java.util.function.Function;
import lastack.model.TcpSocket;
import org.jspecify.annotations.Nullable;

/**
 * A column of the table.
 *
 * @param title its heading
 * @param right whether it is set flush right
 * @param least the narrowest it may be squeezed to when the terminal is too small
 * @param tail how many of its last characters stay when it is cut: a port matters more than the middle of an
 *     address, and a pid and descriptor more than the end of a program's name
 * @param text the cell of a socket
 */
record Column(String title, boolean right, int least, int tail, Function<TcpSocket, String> text) {
    static final Column STATE = left("STATE", 10, Column::stateLabel);
    static final Column RECV_Q = right("RECV-Q", socket -> Long.toString(socket.receiveQueue()));
    static final Column SEND_Q = right("SEND-Q", socket -> Long.toString(socket.sendQueue()));
    static final Column LOCAL = end("LOCAL", socket -> socket.local().toString());
    static final Column PEER = end("PEER", socket -> socket.peer().toString());
    static final Column AGE = right("AGE", socket -> Cell.age(socket.age()));
    static final Column OWNER = new Column("OWNER", false, 17, 14, Cell::owners);
    static final Column TIMER = left("TIMER", 8, socket -> Cell.timer(socket.timer()));
    static final Column UID = right("UID", socket -> Integer.toUnsignedString(socket.uid()));
    static final Column INODE = right("INODE", socket -> Long.toString(socket.inode()));
    static final Column COOKIE = right("COOKIE", socket -> socket.id().cookieHex());
    static final Column CGROUP =
            left("CGROUP", 8, socket -> orDash(socket.details().cgroup()));
    static final Column NETNS = left("NETNS", 6, socket -> socket.netns().label());

    /** The two ends with host names, each looked up once. */
    static List<Column> namedEnds() {
        HostNames names = new HostNames();
        return List.of(
                end("LOCAL", socket -> names.of(socket.local())), end("PEER", socket -> names.of(socket.peer())));
    }

    private static Column left(String title, int least, Function<TcpSocket, String> text) {
        return new Column(title, false, least, 0, text);
    }

    /** An address and a port; {@code :65535} is six characters long. */
    private static Column end(String title, Function<TcpSocket, String> text) {
        return new Column(title, false, 14, 6, text);
    }

    private static Column right(String title, Function<TcpSocket, String> text) {
        return new Column(title, true, Integer.MAX_VALUE, 0, text);
    }

    private static String stateLabel(TcpSocket socket) {
        return switch (socket.state()) {
            case UNKNOWN -> "STATE-" + socket.stateNumber();
            default -> socket.state().label();
        };
    }

    private static String orDash(@Nullable String text) {
        return text == null ? "-" : text;
    }
}
