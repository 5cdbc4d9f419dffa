package lastack.cli.print;

import java.util.ArrayList;
import java.util.List;
import lastack.model.Gap;
import lastack.model.TcpSocket;
import lastack.model.TcpState;
import org.jspecify.annotations.Nullable;

/**
 * An aligned table that streams: the widths are taken from the first rows, and grow if a later row needs more.
 *
 * <p>On a terminal that is too narrow the gaps give way first, then the columns; none is ever dropped.
 */
public final class TablePrinter implements SocketPrinter {
    private static final int ROWS_TO_MEASURE = 500;
    private static final String WIDE_GAP = "  ";
    private static final String NARROW_GAP = " ";

    private final Output out;
    private final Terminal terminal;
    private final TableStyle style;
    private final List<Column> columns;
    private final int[] widths;
    private String gap = WIDE_GAP;
    private @Nullable List<String[]> held = new ArrayList<>();
    private final List<TcpSocket> heldSockets = new ArrayList<>();

    /** A table on the given output. */
    public TablePrinter(Output out, Terminal terminal, TableStyle style) {
        this.out = out;
        this.terminal = terminal;
        this.style = style;
        this.columns = style.columns();
        this.widths = new int[columns.size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = style.header() ? columns.get(i).title().length() : 1;
        }
    }

    @Override
    public void print(TcpSocket socket) {
        String[] cells = cells(socket);
        widen(cells);
        List<String[]> waiting = held;
        if (waiting == null) {
            squeeze();
            row(socket, cells);
            return;
        }
        waiting.add(cells);
        heldSockets.add(socket);
        if (waiting.size() == ROWS_TO_MEASURE) {
            releaseHeldRows();
        }
    }

    @Override
    public void finish(List<Gap> gaps) {
        releaseHeldRows();
    }

    /** Programs, interfaces and namespaces choose their names: no cell may steer the terminal. */
    private String[] cells(TcpSocket socket) {
        String[] cells = new String[columns.size()];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = SafeText.of(columns.get(i).text().apply(socket));
        }
        return cells;
    }

    private void widen(String[] cells) {
        for (int i = 0; i < cells.length; i++) {
            widths[i] = Math.max(widths[i], cells[i].length());
        }
    }

    private void releaseHeldRows() {
        List<String[]> waiting = held;
        if (waiting == null) {
            return;
        }
        held = null;
        squeeze();
        if (style.header()) {
            out.line(format(columns.stream().map(Column::title).toArray(String[]::new), null));
        }
        for (int i = 0; i < waiting.size(); i++) {
            row(heldSockets.get(i), waiting.get(i));
        }
        heldSockets.clear();
    }

    /** Takes what is too much from the gaps, then from the right-most cells, down to the least each may have. */
    private void squeeze() {
        if (tooMuch() > 0) {
            gap = NARROW_GAP;
        }
        for (int i = widths.length - 1; i >= 0 && tooMuch() > 0; i--) {
            int most = Math.max(0, widths[i] - columns.get(i).least());
            widths[i] -= (int) Math.min(tooMuch(), most);
        }
    }

    /** How many characters of a row would not fit; negative when there is room. */
    private long tooMuch() {
        long length = (long) gap.length() * (widths.length - 1);
        for (int width : widths) {
            length += width;
        }
        return length - terminal.columns();
    }

    private void row(TcpSocket socket, String[] cells) {
        out.line(format(cells, socket.state()));
        style.continuation(socket).ifPresent(out::line);
    }

    private StringBuilder format(String[] cells, @Nullable TcpState state) {
        StringBuilder line = new StringBuilder(120);
        for (int i = 0; i < cells.length; i++) {
            boolean last = i == cells.length - 1;
            appendCell(line, i, cells[i], last, i == 0 ? state : null);
            line.append(last ? "" : gap);
        }
        return line;
    }

    private void appendCell(StringBuilder line, int index, String text, boolean last, @Nullable TcpState state) {
        String cut = cut(text, index);
        String padding = " ".repeat(Math.max(0, widths[index] - cut.length()));
        if (columns.get(index).right()) {
            line.append(padding).append(cut);
        } else {
            style.appendColoured(line, cut, state);
            line.append(last ? "" : padding);
        }
    }

    private String cut(String text, int index) {
        int width = widths[index];
        if (text.length() <= width || terminal.columns() == Integer.MAX_VALUE) {
            return text;
        }
        String mark = terminal.unicode() ? "…" : "..";
        int tail = columns.get(index).tail();
        return text.substring(0, width - mark.length() - tail) + mark + text.substring(text.length() - tail);
    }
}
