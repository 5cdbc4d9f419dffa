package lastack.cli.print;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import lastack.model.TcpSocket;
import lastack.options.OptionChange;
import lastack.options.OptionChange.Outcome;
import org.jspecify.annotations.Nullable;

/** One line a socket, with its options below it: before and after. */
final class ChangeText implements ChangePrinter {
    private static final int OUTCOME_WIDTH = 13;

    private final Output out;

    ChangeText(Output out) {
        this.out = out;
    }

    @Override
    public void print(List<OptionChange> changes, int matched) {
        @Nullable TcpSocket above = null;
        for (OptionChange change : changes) {
            if (!change.socket().equals(above)) {
                above = change.socket();
                line(above.state().label() + "  " + above.id() + "  " + Cell.owners(above));
            }
            print(change);
        }
        out.line(summary(changes, matched));
    }

    private void print(OptionChange change) {
        line("  " + pad(change.outcome().label()) + change.asked().name() + ": " + values(change) + " (" + change.why()
                + ")");
        if (change.hint() != null) {
            line("    hint: " + change.hint());
        }
    }

    private static String values(OptionChange change) {
        String asked = change.asked().value();
        if (change.before() == null) {
            return asked + " was asked for";
        }
        String after = change.after() == null ? asked : change.after();
        return after.equals(change.before()) ? after : change.before() + " -> " + after;
    }

    /** Programs and interfaces choose their names: no line may steer the terminal. */
    private void line(String text) {
        out.line(SafeText.of(text));
    }

    private static String summary(List<OptionChange> changes, int matched) {
        Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
        changes.forEach(change -> counts.merge(change.outcome(), 1, Integer::sum));
        StringBuilder line = new StringBuilder(matched + (matched == 1 ? " socket matched" : " sockets matched"));
        counts.forEach(
                (outcome, count) -> line.append(", ").append(count).append(' ').append(outcome.label()));
        long beyond = matched - ChangePrinter.sockets(changes);
        return beyond > 0
                ? line.append(", ").append(beyond).append(" beyond the limit").toString()
                : line.toString();
    }

    private static String pad(String text) {
        return text + " ".repeat(Math.max(1, OUTCOME_WIDTH - text.length()));
    }
}
