package lastack.cli.print;

import java.util.ArrayList;
import java.util.List;
import lastack.model.ByteText;
import lastack.model.Gap;
import lastack.model.SocketView;
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
    private final TableRow present;
    private final ByteText line = new ByteText(160);
    private String gap = WIDE_GAP;
    private @Nullable List<TableRow> held = new ArrayList<>();

    /** A table on the given output. */
    public TablePrinter(Output out, Terminal terminal, TableStyle style) {
        this.out = out;
        this.terminal = terminal;
        this.style = style;
        this.columns = style.columns();
        this.present = new TableRow(columns.size());
        this.widths = new int[columns.size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = style.header() ? columns.get(i).title().length() : 1;
        }
    }

    @Override
    public void print(SocketView socket) {
        List<TableRow> waiting = held;
        if (waiting == null) {
            fill(present, socket);
            write(present);
            return;
        }
        TableRow row = new TableRow(columns.size());
        fill(row, socket);
        waiting.add(row);
        if (waiting.size() == ROWS_TO_MEASURE) {
            releaseHeldRows();
        }
    }

    @Override
    public void finish(List<Gap> gaps) {
        releaseHeldRows();
    }

    private void fill(TableRow row, SocketView socket) {
        row.fill(columns, style, socket);
        boolean wider = false;
        for (int i = 0; i < widths.length; i++) {
            wider |= row.width(i) > widths[i];
            widths[i] = Math.max(widths[i], row.width(i));
        }
        if (wider && held == null) {
            squeeze();
        }
    }

    private void releaseHeldRows() {
        List<TableRow> waiting = held;
        if (waiting == null) {
            return;
        }
        held = null;
        squeeze();
        if (style.header()) {
            heading();
        }
        waiting.forEach(this::write);
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

    private void heading() {
        line.clear();
        for (int i = 0; i < widths.length; i++) {
            String title = columns.get(i).title();
            int blanks = beginCell(i, title.length());
            line.append(cut(title, i));
            endCell(i, blanks);
        }
        out.line(line);
    }

    private void write(TableRow row) {
        line.clear();
        for (int i = 0; i < widths.length; i++) {
            String colour = i == 0 ? style.colour(row.state()) : "";
            int blanks = beginCell(i, row.width(i));
            line.append(colour);
            if (fits(row.width(i), i)) {
                row.appendCell(i, line);
            } else {
                line.append(cut(row.cell(i), i));
            }
            line.append(TableStyle.afterColour(colour));
            endCell(i, blanks);
        }
        out.line(line);
        row.continuation().ifPresent(out::line);
    }

    /** Sets the cell flush right where its column is; how many blanks it takes behind or before it. */
    private int beginCell(int column, int width) {
        int blanks = widths[column] - width;
        if (columns.get(column).right()) {
            line.blanks(blanks);
        }
        return blanks;
    }

    /** Nothing follows the last cell. */
    private void endCell(int column, int blanks) {
        if (column == widths.length - 1) {
            return;
        }
        if (!columns.get(column).right()) {
            line.blanks(blanks);
        }
        line.append(gap);
    }

    private boolean fits(int width, int column) {
        return width <= widths[column] || terminal.columns() == Integer.MAX_VALUE;
    }

    private String cut(String text, int index) {
        if (fits(text.length(), index)) {
            return text;
        }
        String mark = terminal.unicode() ? "…" : "..";
        int tail = columns.get(index).tail();
        int width = widths[index];
        return text.substring(0, width - mark.length() - tail) + mark + text.substring(text.length() - tail);
    }
}
