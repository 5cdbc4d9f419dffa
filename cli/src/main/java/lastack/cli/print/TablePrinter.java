package lastack.cli.print;

import java.util.ArrayList;
import java.util.List;
import lastack.model.ByteText;
import lastack.model.Gap;
import lastack.model.SocketView;
import lastack.model.TcpSocket;
import org.jspecify.annotations.Nullable;

/**
 * An aligned table that streams: the widths are taken from the first rows, and grow if a later row needs more.
 *
 * <p>On a terminal that is too narrow the gaps give way first, then the columns; none is ever dropped.
 */
public final class TablePrinter implements SocketPrinter {
    private static final int ROWS_TO_MEASURE = 500;
    private static final int WIDE_GAP = 2;
    private static final int NARROW_GAP = 1;

    private final Output out;
    private final Terminal terminal;
    private final TableStyle style;
    private final Column[] columns;
    private final int[] widths;
    private final ByteText scratch = new ByteText(160);
    private int gap = WIDE_GAP;
    private @Nullable List<TcpSocket> held = new ArrayList<>();

    /** A table on the given output. */
    public TablePrinter(Output out, Terminal terminal, TableStyle style) {
        this.out = out;
        this.terminal = terminal;
        this.style = style;
        this.columns = style.columns().toArray(Column[]::new);
        this.widths = new int[columns.length];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = style.header() ? columns[i].title().length() : 1;
        }
    }

    @Override
    public void print(SocketView socket) {
        List<TcpSocket> waiting = held;
        if (waiting == null) {
            row(socket);
            return;
        }
        waiting.add(socket.keep());
        if (waiting.size() == ROWS_TO_MEASURE) {
            releaseHeldRows();
        }
    }

    @Override
    public void finish(List<Gap> gaps) {
        releaseHeldRows();
    }

    private void releaseHeldRows() {
        List<TcpSocket> waiting = held;
        if (waiting == null) {
            return;
        }
        held = null;
        waiting.forEach(this::measure);
        squeeze();
        if (style.header()) {
            heading();
        }
        waiting.forEach(this::row);
    }

    private void measure(SocketView socket) {
        for (int i = 0; i < columns.length; i++) {
            scratch.clear();
            widths[i] = Math.max(widths[i], cell(columns[i], socket, scratch));
        }
    }

    /** Takes what is too much from the gaps, then from the right-most cells, down to the least each may have. */
    private void squeeze() {
        if (tooMuch() > 0) {
            gap = NARROW_GAP;
        }
        for (int i = widths.length - 1; i >= 0 && tooMuch() > 0; i--) {
            int most = Math.max(0, widths[i] - columns[i].least());
            widths[i] -= (int) Math.min(tooMuch(), most);
        }
    }

    /** How many characters of a row would not fit; negative when there is room. */
    private long tooMuch() {
        long length = (long) gap * (widths.length - 1);
        for (int width : widths) {
            length += width;
        }
        return length - terminal.columns();
    }

    private void heading() {
        ByteText line = out.text();
        for (int i = 0; i < columns.length; i++) {
            int start = line.length();
            line.append(columns[i].title());
            align(i, start, fit(i, start, columns[i].title().length(), line), line);
        }
        out.endLine();
    }

    /** Each cell is written where it belongs, and moved only where it is flush right. */
    private void row(SocketView socket) {
        if (terminal.isNarrow()) {
            measure(socket);
            squeeze();
        }
        ByteText line = out.text();
        for (int i = 0; i < columns.length; i++) {
            boolean coloured = i == 0 && style.beginColour(socket.state(), line);
            int start = line.length();
            int width = cell(columns[i], socket, line);
            if (width > widths[i]) {
                width = fit(i, start, width, line);
            }
            if (coloured) {
                TableStyle.endColour(line);
            }
            align(i, start, width, line);
        }
        out.endLine();
        String continuation = style.continuation(socket);
        if (continuation != null) {
            out.line(continuation);
        }
    }

    /** Programs, interfaces and namespaces choose their names: no cell may steer the terminal. The width of the cell. */
    private static int cell(Column column, SocketView socket, ByteText out) {
        int start = out.length();
        column.text().write(socket, out);
        if (out.isPrintable()) {
            return out.length() - start;
        }
        String safe = SafeText.of(out.from(start));
        out.replaceFrom(start, safe);
        return safe.length();
    }

    /** Where nothing limits the width the column grows from here on; else the cell is cut. Its width then. */
    private int fit(int column, int start, int width, ByteText out) {
        if (!terminal.isNarrow()) {
            widths[column] = Math.max(widths[column], width);
            return width;
        }
        String cut = cut(out.from(start), column);
        out.replaceFrom(start, cut);
        return cut.length();
    }

    private String cut(String text, int column) {
        int width = widths[column];
        if (text.length() <= width) {
            return text;
        }
        String mark = terminal.unicode() ? "…" : "..";
        int tail = columns[column].tail();
        return text.substring(0, width - mark.length() - tail) + mark + text.substring(text.length() - tail);
    }

    /** Sets the cell that was written last flush right or left; behind the last one of a row nothing is needed. */
    private void align(int column, int start, int width, ByteText line) {
        int blanks = widths[column] - width;
        boolean right = columns[column].right();
        if (right) {
            line.insertBlanks(start, blanks);
        }
        if (column < columns.length - 1) {
            line.blanks(right ? gap : blanks + gap);
        }
    }
}
