package lastack.cli.print;

import java.util.ArrayList;
import java.util.List;
import lastack.model.ByteText;
import lastack.model.SocketMemory;
import lastack.model.SocketView;
import lastack.model.TcpInfo;
import lastack.model.TcpSocket;
import lastack.model.TcpState;
import org.jspecify.annotations.Nullable;

/**
 * What a table shows.
 *
 * @param header whether it has a heading
 * @param colours whether states are coloured
 * @param owners the owners' column
 * @param namespaces the column of network namespaces
 * @param timers ss's {@code -o}
 * @param extended ss's {@code -e}: uid, inode, cookie, cgroup
 * @param info ss's {@code -i}: congestion control and {@code tcp_info}, on a line of its own
 * @param memory ss's {@code -m}, on a line of its own
 * @param oneLine ss's {@code -O}: those on the same line instead
 * @param resolve ss's {@code -r}: host names instead of addresses
 */
public record TableStyle(
        boolean header,
        boolean colours,
        boolean owners,
        boolean namespaces,
        boolean timers,
        boolean extended,
        boolean info,
        boolean memory,
        boolean oneLine,
        boolean resolve) {
    private static final String RESET = "\u001b[0m";

    List<Column> columns() {
        List<Column> columns = new ArrayList<>(List.of(Column.STATE, Column.RECV_Q, Column.SEND_Q));
        columns.addAll(resolve ? Column.namedEnds() : List.of(Column.LOCAL, Column.PEER));
        columns.add(Column.AGE);
        if (timers) {
            columns.add(Column.TIMER);
        }
        if (extended) {
            columns.addAll(List.of(Column.UID, Column.INODE, Column.COOKIE, Column.CGROUP));
        }
        if (namespaces) {
            columns.add(Column.NETNS);
        }
        if (owners) {
            columns.add(Column.OWNER);
        }
        if (oneLine && (info || memory)) {
            columns.add(
                    new Column("DETAILS", false, Integer.MAX_VALUE, 0, (socket, out) -> out.append(details(socket))));
        }
        return columns;
    }

    /** The line behind a socket's own, or null. */
    @Nullable
    String continuation(SocketView socket) {
        if (oneLine || !(info || memory)) {
            return null;
        }
        String text = details(socket);
        return text.isEmpty() ? null : "\t " + SafeText.of(text);
    }

    private String details(SocketView socket) {
        StringBuilder text = new StringBuilder();
        TcpSocket.Details known = socket.details();
        SocketMemory bytes = known.memory();
        if (memory && bytes != null) {
            text.append(Cell.memory(bytes)).append(' ');
        }
        TcpInfo fields = known.info();
        if (info && known.congestion() != null) {
            text.append(known.congestion()).append(' ');
        }
        if (info && fields != null) {
            fields.fields()
                    .forEach((name, value) -> text.append(name)
                            .append(':')
                            .append(Long.toUnsignedString(value))
                            .append(' '));
        }
        return text.toString().trim();
    }

    /** Makes the terminal write in the colour of the state; false where it has none. */
    boolean beginColour(TcpState state, ByteText line) {
        String colour = colours ? colourOf(state) : "";
        line.append(colour);
        return !colour.isEmpty();
    }

    static void endColour(ByteText line) {
        line.append(RESET);
    }

    /** What ends a colour, if there is one. */
    static String afterColour(String colour) {
        return colour.isEmpty() ? "" : RESET;
    }

    static String colourOf(TcpState state) {
        return switch (state) {
            case CLOSE_WAIT -> "\u001b[31m";
            case FIN_WAIT_1, FIN_WAIT_2, CLOSING, LAST_ACK -> "\u001b[33m";
            case TIME_WAIT -> "\u001b[36m";
            case ESTABLISHED -> "\u001b[32m";
            case LISTEN -> "\u001b[34m";
            case SYN_SENT, SYN_RECV, NEW_SYN_RECV -> "\u001b[35m";
            case CLOSED, BOUND_INACTIVE, UNKNOWN -> "";
        };
    }
}
