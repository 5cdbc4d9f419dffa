package lastack.cli.print;

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
        if (!sameReasons(result.rejected(), lastRejected)) {
            reasons(result).forEach((why, methods) -> line("  not " + methods + ": " + why));
        }
        lastRejected = result.rejected();
        if (result.hint() != null) {
            line("  hint: " + result.hint());
        }
    }

    /** Of ten thousand sockets most are spared the same methods for the same reasons: told once, where they begin to be. */
    private static boolean sameReasons(List<Rejection> some, List<Rejection> others) {
        boolean same = some.size() == others.size();
        for (int i = 0; same && i < some.size(); i++) {
            same = some.get(i).method() == others.get(i).method()
                    && some.get(i).why().equals(others.get(i).why());
        }
        return same;
    }

    /** Why some methods were passed over, which share a line where the reason is the same; what the result tells is not told again. */
    private static Map<String, String> reasons(Result result) {
        Map<String, String> methods = new LinkedHashMap<>();
        for (Rejection rejection : result.rejected()) {
            String label = rejection.method().label();
            methods.merge(rejection.why(), label, (labels, another) -> labels + ", " + another);
        }
        methods.remove(result.why());
        return methods;
    }

    /** Programs and interfaces choose their names: no line may steer the terminal. */
    private void line(String text) {
        out.line(SafeText.of(text));
    }

    private static String measured(Result result) {
        StringBuilder parts = new StringBuilder();
        if (result.elapsedNanos() > 0) {
            part(parts, millis(result.elapsedNanos()) + " ms");
        }
        if (result.standStillNanos() > 0) {
            part(parts, "its threads stood still for " + millis(result.standStillNanos()) + " ms");
        }
        if (result.descriptorFreed()) {
            part(parts, "descriptor released");
        }
        if (result.stateAfter() != null
                && result.stateAfter() != result.socket().state()) {
            part(parts, "now " + result.stateAfter());
        }
        return parts.isEmpty() ? "" : parts.append(')').toString();
    }

    private static void part(StringBuilder parts, String text) {
        parts.append(parts.isEmpty() ? " (" : ", ").append(text);
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
