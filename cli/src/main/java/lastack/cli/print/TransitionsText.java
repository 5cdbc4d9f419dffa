package lastack.cli.print;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import lastack.model.Durations;
import lastack.model.TcpState;
import org.HdrHistogram.Histogram;

/** The summary for people: a matrix of counts and rates, and percentiles of the time in each state. */
final class TransitionsText {
    private static final double[] PERCENTILES = {50, 90, 99};

    private final Output out;

    TransitionsText(Output out) {
        this.out = out;
    }

    void print(Transitions transitions, Duration time) {
        out.line(String.format(
                Locale.ROOT,
                "%d changes in %s, %.1f a second",
                transitions.total(),
                Durations.format(time.toMillis()),
                Transitions.perSecond(transitions.total(), time)));
        if (transitions.total() > 0) {
            out.line("");
            rows(matrix(transitions, time));
            out.line("");
            rows(stays(transitions));
        }
    }

    private static List<List<String>> matrix(Transitions transitions, Duration time) {
        List<List<String>> rows = new ArrayList<>();
        List<TcpState> entered = transitions.entered();
        List<String> titles = new ArrayList<>(List.of("FROM \\ TO"));
        entered.forEach(to -> titles.add(to.label()));
        rows.add(titles);
        for (TcpState from : transitions.left()) {
            List<String> row = new ArrayList<>(List.of(from.label()));
            entered.forEach(to -> row.add(cell(transitions.count(from, to), time)));
            rows.add(row);
        }
        return rows;
    }

    private static String cell(long count, Duration time) {
        return count == 0 ? "-" : String.format(Locale.ROOT, "%d (%.1f/s)", count, Transitions.perSecond(count, time));
    }

    private static List<List<String>> stays(Transitions transitions) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("STAYED IN", "KNOWN OF", "P50", "P90", "P99", "MAX"));
        for (TcpState state : transitions.left()) {
            Histogram stays = transitions.stays(state);
            if (stays != null) {
                List<String> row = new ArrayList<>(List.of(state.label(), Long.toString(stays.getTotalCount())));
                for (double percentile : PERCENTILES) {
                    row.add(Durations.format(stays.getValueAtPercentile(percentile)));
                }
                row.add(Durations.format(stays.getMaxValue()));
                rows.add(row);
            }
        }
        return rows;
    }

    /** The first column flush left, the others flush right. */
    private void rows(List<List<String>> rows) {
        int[] widths = new int[rows.getFirst().size()];
        rows.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder(row.getFirst())
                    .repeat(' ', widths[0] - row.getFirst().length());
            for (int i = 1; i < widths.length; i++) {
                line.append("  ").repeat(' ', widths[i] - row.get(i).length()).append(row.get(i));
            }
            out.line(line);
        }
    }
}
