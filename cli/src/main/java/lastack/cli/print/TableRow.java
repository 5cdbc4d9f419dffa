package lastack.cli.print;

import java.util.List;
import java.util.Optional;
import lastack.model.ByteText;
import lastack.model.SocketView;
import lastack.model.TcpState;

/** The cells of one row, one behind the other as the bytes they will be written as; a row can be filled again. */
final class TableRow {
    private final ByteText text = new ByteText(160);
    private final int[] ends;
    private final int[] widths;
    private TcpState state = TcpState.UNKNOWN;
    private Optional<String> continuation = Optional.empty();

    TableRow(int cells) {
        ends = new int[cells];
        widths = new int[cells];
    }

    /** Programs, interfaces and namespaces choose their names: no cell may steer the terminal. */
    void fill(List<Column> columns, TableStyle style, SocketView socket) {
        text.clear();
        state = socket.state();
        for (int i = 0; i < ends.length; i++) {
            columns.get(i).text().write(socket, text);
            ends[i] = text.length();
            widths[i] = text.isPrintable() ? ends[i] - start(i) : makeSafe(i);
        }
        continuation = style.continuation(socket);
    }

    /** Replaces what could steer it; the width of what is left, where one byte need not be one column any more. */
    private int makeSafe(int cell) {
        String safe = SafeText.of(cell(cell));
        text.replaceFrom(start(cell), safe);
        ends[cell] = text.length();
        return safe.codePointCount(0, safe.length());
    }

    private int start(int cell) {
        return cell == 0 ? 0 : ends[cell - 1];
    }

    /** How many columns a cell takes on the screen. */
    int width(int cell) {
        return widths[cell];
    }

    void appendCell(int cell, ByteText out) {
        out.append(text.bytes(), start(cell), ends[cell] - start(cell));
    }

    String cell(int cell) {
        return text.between(start(cell), ends[cell]);
    }

    /** The state of the socket it is about. */
    TcpState state() {
        return state;
    }

    /** The line behind it, where there is one. */
    Optional<String> continuation() {
        return continuation;
    }
}
