package lastack.cli.print;

import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import lastack.filter.Known;
import lastack.live.StateChange;
import lastack.model.ByteText;
import lastack.model.TcpState;

/** A table that grows downwards: its columns are as wide as the widest cell so far, because nobody waits for the next. */
public final class EventTable implements EventPrinter {
    private static final List<String> TITLES =
            List.of("TIME", "FROM", "TO", "STAYED", "LOCAL", "PEER", "NETNS", "OWNER");
    private static final int[] WIDTHS = {12, 11, 11, 6, 15, 15, 5, 0};
    private static final int TO = 2;
    private static final int STAYED = 3;

    private final Output out;
    private final boolean colours;
    private final ZoneId zone = ZoneId.systemDefault();
    private final int[] widths = WIDTHS.clone();
    private final ByteText cell = new ByteText(64);
    private final StringBuilder line = new StringBuilder(160);

    /** A table on the given output. */
    public EventTable(Output out, boolean header, boolean colours) {
        this.out = out;
        this.colours = colours;
        if (header) {
            for (int i = 0; i < TITLES.size(); i++) {
                add(i, TITLES.get(i), "");
            }
            endLine();
        }
    }

    @Override
    public void print(StateChange change) {
        time(change);
        add(1, change.from().label(), "");
        add(TO, change.to().label(), colours ? TableStyle.colourOf(change.to()) : "");
        add(STAYED, text(() -> Cell.age(change.stayed(), cell)), "");
        add(4, text(() -> change.socket().local().appendTo(cell)), "");
        add(5, text(() -> change.socket().peer().appendTo(cell)), "");
        add(6, change.identified() ? SafeText.of(change.socket().netns().label()) : "?", "");
        add(7, owner(change), "");
        endLine();
    }

    private String text(Runnable write) {
        cell.clear();
        write.run();
        return cell.toString();
    }

    /** Local time to the millisecond; a change that a timer told may be shown after later ones. */
    private void time(StateChange change) {
        ZonedDateTime time = change.time().atZone(zone);
        cell.clear();
        twoDigits(time.getHour(), ':');
        twoDigits(time.getMinute(), ':');
        twoDigits(time.getSecond(), '.');
        int millis = time.getNano() / 1_000_000;
        cell.append((char) ('0' + millis / 100));
        cell.append((char) ('0' + millis / 10 % 10)).append((char) ('0' + millis % 10));
        add(0, cell.toString(), "");
    }

    private void twoDigits(int number, char after) {
        cell.append((char) ('0' + number / 10))
                .append((char) ('0' + number % 10))
                .append(after);
    }

    private String owner(StateChange change) {
        if (!change.identified()) {
            return "(gone too soon)";
        }
        if (change.known() == Known.PLACE) {
            return "(closed too soon)";
        }
        boolean nobody = change.socket().owners().isEmpty() && change.to() == TcpState.CLOSED;
        String owner = nobody ? "-" : SafeText.of(Cell.owners(change.socket()));
        return change.source() == StateChange.Source.TIMER ? owner + " (by its timer)" : owner;
    }

    private void add(int column, String text, String colour) {
        boolean last = column == TITLES.size() - 1;
        widths[column] = Math.max(widths[column], text.length());
        int padding = last ? 0 : widths[column] - text.length();
        boolean right = column == STAYED;
        line.repeat(' ', right ? padding : 0);
        line.append(colour).append(text).append(TableStyle.afterColour(colour));
        line.repeat(' ', right ? 0 : padding).append(last ? "" : "  ");
    }

    private void endLine() {
        out.line(line);
        line.setLength(0);
    }
}
