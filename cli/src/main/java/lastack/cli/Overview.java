package lastack.cli;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import lastack.cli.print.SafeText;
import lastack.model.Age;
import lastack.model.Durations;
import lastack.model.Owner;
import lastack.model.TcpSocket;
import lastack.model.TcpState;

/** Counts what lingers, by state and by owner, as sockets stream by. */
final class Overview {
    private static final List<TcpState> LINGERING = List.of(
            TcpState.CLOSE_WAIT,
            TcpState.LAST_ACK,
            TcpState.FIN_WAIT_2,
            TcpState.FIN_WAIT_1,
            TcpState.CLOSING,
            TcpState.TIME_WAIT);

    private static final int OWNERS_SHOWN = 3;

    private final Map<TcpState, Group> groups = new EnumMap<>(TcpState.class);

    /** Sockets in one state. */
    private static final class Group {
        private int count;
        private long oldestMillis = -1;
        private final Map<String, Integer> owners = new HashMap<>();

        void add(TcpSocket socket) {
            count++;
            Age age = socket.age();
            if (age != null) {
                oldestMillis = Math.max(oldestMillis, age.millis());
            }
            for (String owner : ownersOf(socket)) {
                owners.merge(owner, 1, Integer::sum);
            }
        }

        private static Set<String> ownersOf(TcpSocket socket) {
            Set<String> labels = new TreeSet<>();
            for (Owner owner : socket.owners()) {
                labels.add(SafeText.of(owner.label()));
            }
            if (labels.isEmpty()) {
                labels.add(socket.unaccepted() ? "not accepted" : socket.orphan() ? "kernel" : "not visible");
            }
            return labels;
        }

        String worstOwners() {
            List<Map.Entry<String, Integer>> worst = new ArrayList<>(owners.entrySet());
            worst.sort(
                    Map.Entry.<String, Integer>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()));
            List<String> shown = new ArrayList<>();
            for (Map.Entry<String, Integer> owner : worst.subList(0, Math.min(OWNERS_SHOWN, worst.size()))) {
                shown.add(owner.getKey() + " " + owner.getValue());
            }
            int more = worst.size() - shown.size();
            return String.join(", ", shown) + (more > 0 ? ", " + more + " more" : "");
        }
    }

    void add(TcpSocket socket) {
        groups.computeIfAbsent(socket.state(), state -> new Group()).add(socket);
    }

    /** What to show. */
    List<String> lines(String host, int namespaces, String netns) {
        String where = host + (namespaces > 1 ? " (" + namespaces + " network namespaces)" : "");
        List<String> lines = new ArrayList<>();
        for (TcpState state : LINGERING) {
            Group group = groups.get(state);
            if (group != null) {
                lines.add(line(state, group));
            }
        }
        if (lines.isEmpty()) {
            return List.of("nothing lingers on " + where + ": " + others());
        }
        lines.addFirst("lingering on " + where + ", beside " + others());
        lines.addAll(next(netns));
        return lines;
    }

    private static String line(TcpState state, Group group) {
        String age = group.oldestMillis < 0 ? "-" : Durations.format(group.oldestMillis);
        return pad(state.label(), 11) + pad(Integer.toString(group.count), 7) + "oldest " + pad(age, 8)
                + group.worstOwners();
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(1, width - text.length()));
    }

    private String others() {
        List<String> parts = new ArrayList<>();
        groups.forEach((state, group) -> {
            if (!LINGERING.contains(state)) {
                parts.add(group.count + " " + state.label());
            }
        });
        return parts.isEmpty() ? "no other sockets" : String.join(", ", parts);
    }

    private List<String> next(String netns) {
        TcpState worst =
                LINGERING.stream().filter(groups::containsKey).findFirst().orElse(TcpState.CLOSE_WAIT);
        String state = worst.label().toLowerCase(Locale.ROOT);
        return List.of(
                "see them:           lastack ls --netns " + netns + " state " + state,
                "what would be done: lastack close --netns " + netns + " --dry-run state " + state);
    }
}
