package lastack.cli.print;

import java.util.List;
import lastack.model.ByteText;
import lastack.model.SocketView;
import lastack.model.TcpState;
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
record Column(String title, boolean right, int least, int tail, Text text) {
    /** Writes the cell of a socket. */
    interface Text {
        void write(SocketView socket, ByteText out);
    }

    static final Column STATE = left("STATE", 10, Column::state);
    static final Column RECV_Q = right("RECV-Q", (socket, out) -> out.append(socket.receiveQueue()));
    static final Column SEND_Q = right("SEND-Q", (socket, out) -> out.append(socket.sendQueue()));
    static final Column LOCAL = end("LOCAL", (socket, out) -> socket.local().appendTo(out));
    static final Column PEER = end("PEER", (socket, out) -> socket.peer().appendTo(out));
    static final Column AGE = right("AGE", (socket, out) -> Cell.age(socket.age(), out));
    static final Column OWNER = new Column("OWNER", false, 17, 14, Cell::owners);
    static final Column TIMER = left("TIMER", 8, (socket, out) -> Cell.timer(socket.timer(), out));
    static final Column UID = right("UID", (socket, out) -> out.append(Integer.toUnsignedLong(socket.uid())));
    static final Column INODE = right("INODE", (socket, out) -> out.append(socket.inode()));
    static final Column COOKIE =
            right("COOKIE", (socket, out) -> out.append(socket.id().cookieHex()));
    static final Column CGROUP = left("CGROUP", 8, (socket, out) -> out.append(orDash(socket.cgroup())));
    static final Column NETNS =
            left("NETNS", 6, (socket, out) -> out.append(socket.netns().label()));

    /** The two ends with host names, each looked up once. */
    static List<Column> namedEnds() {
        HostNames names = new HostNames();
        return List.of(
                end("LOCAL", (socket, out) -> out.append(names.of(socket.local()))),
                end("PEER", (socket, out) -> out.append(names.of(socket.peer()))));
    }

    private static Column left(String title, int least, Text text) {
        return new Column(title, false, least, 0, text);
    }

    /** An address and a port; {@code :65535} is six characters long. */
    private static Column end(String title, Text text) {
        return new Column(title, false, 14, 6, text);
    }

    private static Column right(String title, Text text) {
        return new Column(title, true, Integer.MAX_VALUE, 0, text);
    }

    private static void state(SocketView socket, ByteText out) {
        TcpState state = socket.state();
        switch (state) {
            case UNKNOWN -> out.append("STATE-").append(socket.stateNumber());
            default -> out.append(state.label());
        }
    }

    private static String orDash(@Nullable String text) {
        return text == null ? "-" : text;
    }
}
