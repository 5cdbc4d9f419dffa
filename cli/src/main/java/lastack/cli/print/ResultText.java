package lastack.cli.print;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import lastack.remedy.Method;
import lastack.remedy.Outcome;
import lastack.remedy.Rejection;
import lastack.remedy.Result;

/** One line a socket, with the reasons below it. */
final class ResultText implements ResultPrinter {
    private static final int OUTCOME_WIDTH = 13;
    private static final double NANOS_PER_MILLI = 1e6;

    private final Output out;

    ResultText(Output out) {
        this.out = out;
    }

    @Override
    public void print(List<Result> results, int matched) {
        results.forEach(this::print);
        out.line(summary(results, matched));
    }

    private void print(Result result) {
        line(pad(result.outcome().label()) + pad(result.socket().state().label())
                + result.socket().id() + "  " + Cell.owners(result.socket()));
        String by = result.method() == null ? "" : result.method().label() + ": ";
        line("  " + by + result.why() + measured(result));
        reasons(result).forEach(reason -> line("  " + reason));
        if (result.hint() != null) {
            line("  hint: " + result.hint());
        }
    }

    /** Programs and interfaces choose their names: no line may steer the terminal. */
    private void line(String text) {
        out.line(SafeText.of(text));
    }

    private static String measured(Result result) {
        List<String> parts = new ArrayList<>();
        if (result.elapsedNanos() > 0) {
            parts.add(millis(result.elapsedNanos()) + " ms");
        }
        if (result.standStillNanos() > 0) {
            parts.add("its threads stood still for " + millis(result.standStillNanos()) + " ms");
        }
        if (result.descriptorFreed()) {
            parts.add("descriptor released");
        }
        if (result.stateAfter() != null
                && result.stateAfter() != result.socket().state()) {
            parts.add("now " + result.stateAfter());
        }
        return parts.isEmpty() ? "" : " (" + String.join(", ", parts) + ")";
    }

    /** Methods passed over for the same reason share a line. */
    private static List<String> reasons(Result result) {
        Map<Method, String> whys = new EnumMap<>(Method.class);
        for (Rejection rejection : result.rejected()) {
            if (!rejection.why().equals(result.why())) {
                whys.put(rejection.method(), rejection.why());
            }
        }
        List<String> lines = new ArrayList<>();
        for (String why : whys.values().stream().distinct().toList()) {
            List<String> methods = whys.entrySet().stream()
                    .filter(entry -> Objects.equals(entry.getValue(), why))
                    .map(entry -> entry.getKey().label())
                    .toList();
            lines.add("not " + String.join(", ", methods) + ": " + why);
        }
        return lines;
    }

    private static String summary(List<Result> results, int matched) {
        Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
        results.forEach(result -> counts.merge(result.outcome(), 1, Integer::sum));
        StringBuilder line = new StringBuilder(matched + " matched");
        counts.forEach(
                (outcome, count) -> line.append(", ").append(count).append(' ').append(outcome.label()));
        if (matched > results.size()) {
            line.append(", ").append(matched - results.size()).append(" beyond the limit");
        }
        return line.toString();
    }

    private static String pad(String text) {
        return text + " ".repeat(Math.max(1, OUTCOME_WIDTH - text.length()));
    }

    private static String millis(long nanos) {
        long hundredths = Math.round(nanos / NANOS_PER_MILLI * 100);
        return hundredths / 100 + "." + hundredths / 10 % 10 + hundredths % 10;
    }
}
