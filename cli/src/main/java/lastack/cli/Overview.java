package lastack.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import lastack.cli.print.Cell;
import lastack.cli.print.SafeText;
import lastack.cli.print.ShellLine;
import lastack.diagnosis.Advice;
import lastack.diagnosis.Group;
import lastack.diagnosis.Report;
import lastack.model.TcpSocket;
import lastack.model.TcpState;

/**
 * What lingers here in a few lines: the worst groups with a reason and a command each.
 *
 * @param where the host, and over how many namespaces
 * @param netns the words that name those on the command line
 * @param counts how many sockets there are in each state
 * @param report what was found out about those that linger
 * @param columns how wide the terminal is
 */
record Overview(String where, String netns, Map<TcpState, Integer> counts, Report report, int columns) {
    private static final int GROUPS_SHOWN = 2;

    /** With a heading and a pointer to the rest, nine rows. */
    private static final int ROWS_FOR_GROUPS = 7;

    /** Who, why and the command. */
    private static final int LEAST_ROWS = 3;

    private static final int COUNT_WIDTH = 5;

    private static final String CUT = "...";

    private static final int LEAST_COLUMNS = 40;

    Overview {
        columns = Math.max(LEAST_COLUMNS, columns);
    }

    /** Sockets as they stream by, by state. */
    static Map<TcpState, Integer> noCounts() {
        return new EnumMap<>(TcpState.class);
    }

    List<String> lines() {
        List<Group> groups = report.groups().stream()
                .filter(group -> !group.verdict().isHarmless())
                .toList();
        if (groups.isEmpty()) {
            String but = report.diagnoses().isEmpty() ? "" : " but what ends by itself";
            return List.of("nothing lingers on " + where + but + ": " + counted());
        }
        List<String> lines = new ArrayList<>();
        lines.add(heading());
        int shown = Math.min(GROUPS_SHOWN, groups.size());
        int left = ROWS_FOR_GROUPS;
        for (int i = 0; i < shown; i++) {
            List<String> rows = rows(groups.get(i), left - LEAST_ROWS * (shown - 1 - i));
            left -= rows.size();
            lines.addAll(rows);
        }
        int more = groups.size() - GROUPS_SHOWN;
        lines.add((more > 0 ? more + (more == 1 ? " more group, and all" : " more groups, and all") : "all")
                + " the evidence: lastack why --netns " + netns);
        return lines;
    }

    /** One line of a terminal: what does not fit is only counted. */
    private String heading() {
        List<Map.Entry<TcpState, Integer>> shown = new ArrayList<>(counts.entrySet());
        int left = 0;
        String line = "on " + where + ": " + counted();
        while (line.length() > columns && shown.size() > 1) {
            left += shown.removeFirst().getValue();
            line = "on " + where + ": " + counted(shown) + ", " + left + " other";
        }
        return fitting(line);
    }

    private List<String> rows(Group group, int most) {
        String count = Integer.toString(group.count());
        String age = group.oldestMillis() < 0 ? "" : ", oldest " + Cell.age(group.oldest());
        List<String> rows = new ArrayList<>();
        rows.add(fitting(" ".repeat(Math.max(0, COUNT_WIDTH - count.length())) + count + " " + group.state() + "  "
                + group.owner() + ", " + group.peer() + age));
        String indent = " ".repeat(COUNT_WIDTH + 1);
        rows.add(fitting(indent + group.verdict().id() + ": " + group.verdict().meaning()));
        command(group, most - rows.size()).forEach(row -> rows.add(indent + row));
        return rows;
    }

    private String fitting(String text) {
        String safe = SafeText.of(text);
        return safe.length() <= columns ? safe : safe.substring(0, columns - CUT.length()) + CUT;
    }

    /** The gentlest that can be done; where that takes too many rows, what tells it. */
    private List<String> command(Group group, int most) {
        int room = columns - COUNT_WIDTH - 1;
        for (Advice advice : group.advice()) {
            if (advice.command() != null) {
                List<String> rows = ShellLine.rows(SafeText.of(advice.command()), room);
                return rows.size() <= most ? rows : ShellLine.rows(why(group), room);
            }
        }
        return ShellLine.rows(why(group), room);
    }

    private String why(Group group) {
        TcpSocket oldest = group.members().getFirst().socket();
        String whose = oldest.owners().isEmpty()
                ? ""
                : " pid = " + oldest.owners().getFirst().pid();
        return "lastack why --netns " + netns + " state "
                + group.state().label().toLowerCase(Locale.ROOT) + whose;
    }

    private String counted() {
        return counted(counts.entrySet());
    }

    private static String counted(Collection<Map.Entry<TcpState, Integer>> counts) {
        List<String> parts = new ArrayList<>();
        counts.forEach(entry -> parts.add(entry.getValue() + " " + entry.getKey()));
        return parts.isEmpty() ? "no TCP sockets at all" : String.join(", ", parts);
    }
}
