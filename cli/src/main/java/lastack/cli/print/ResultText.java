package lastack.cli.print;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lastack.remedy.Outcome;
import lastack.remedy.Rejection;
import lastack.remedy.Result;

/** One line a socket, with the reasons below it. */
final class ResultText implements ResultPrinter {
    private static final int OUTCOME_WIDTH = 13;
    private static final double NANOS_PER_MILLI = 1e6;

    private final Output out;
    private List<Rejection> lastRejected = List.of();
    private List<Reason> lastReasons = List.of();

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
        for (Reason reason : reasons(result.rejected())) {
            if (!reason.why.equals(result.why())) {
                out.line(reason.line);
            }
        }
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

    /** Of ten thousand results most were passed over by the same methods for the same reasons. */
    private List<Reason> reasons(List<Rejection> rejected) {
        if (!rejected.equals(lastRejected)) {
            lastRejected = rejected;
            lastReasons = Reason.of(rejected);
        }
        return lastReasons;
    }

    /** Why some methods were passed over: those passed over for the same reason share a line. */
    private record Reason(String why, String line) {
        static List<Reason> of(List<Rejection> rejected) {
            Map<String, List<String>> methods = new LinkedHashMap<>();
            for (Rejection rejection : rejected) {
                methods.computeIfAbsent(rejection.why(), why -> new ArrayList<>())
                        .add(rejection.method().label());
            }
            List<Reason> reasons = new ArrayList<>();
            methods.forEach((why, labels) ->
                    reasons.add(new Reason(why, SafeText.of("  not " + String.join(", ", labels) + ": " + why))));
            return reasons;
        }
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
