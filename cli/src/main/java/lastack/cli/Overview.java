package lastack.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import lastack.cli.print.Cell;
import lastack.cli.print.SafeText;
import lastack.cli.print.Terminal;
import lastack.cli.print.Wrapping;
import lastack.diagnosis.Advice;
import lastack.diagnosis.Group;
import lastack.diagnosis.Report;
import lastack.model.TcpState;

/**
 * What lingers here in a few lines: the worst groups with a reason and a command each.
 *
 * @param where the host, and over how many namespaces
 * @param netns the words that name those on the command line
 * @param counts how many sockets there are in each state
 * @param report what was found out about those that linger
 */
record Overview(String where, String netns, Map<TcpState, Integer> counts, Report report) {
    /** With a heading and a pointer to the rest, eight lines. */
    private static final int GROUPS_SHOWN = 2;

    private static final int COUNT_WIDTH = 5;

    private static final int COLUMNS = 80;

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
        for (Group group : groups.subList(0, Math.min(GROUPS_SHOWN, groups.size()))) {
            add(group, lines);
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
        while (line.length() > COLUMNS && shown.size() > 1) {
            left += shown.removeFirst().getValue();
            line = "on " + where + ": " + counted(shown) + ", " + left + " other";
        }
        return line;
    }

    private void add(Group group, List<String> lines) {
        String count = Integer.toString(group.count());
        String age = group.oldestMillis() < 0 ? "" : ", oldest " + Cell.age(group.oldest());
        lines.add(SafeText.of(" ".repeat(Math.max(0, COUNT_WIDTH - count.length())) + count + " " + group.state() + "  "
                + group.owner() + ", " + group.peer() + age));
        String indent = " ".repeat(COUNT_WIDTH + 1);
        Wrapping wrapping = new Wrapping(Math.min(COLUMNS, Terminal.detect().columns()));
        lines.addAll(wrapping.lines(
                indent.length(),
                group.verdict().id() + ": " + group.verdict().meaning()));
        lines.add(indent + SafeText.of(command(group)));
    }

    /** The gentlest that can be done. */
    private String command(Group group) {
        for (Advice advice : group.advice()) {
            String command = advice.command();
            if (command != null) {
                return command;
            }
        }
        return "lastack why --netns " + netns + " state "
                + group.state().label().toLowerCase(java.util.Locale.ROOT);
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
