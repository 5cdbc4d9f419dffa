package lastack.cli.print;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lastack.model.ByteText;
import lastack.remedy.Outcome;
import lastack.remedy.Rejection;
import lastack.remedy.Result;

/** One line a socket, with the reasons below it. */
final class ResultText implements ResultPrinter {
    private static final int OUTCOME_WIDTH = 13;
    private static final long NANOS_PER_HUNDREDTH = 10_000;

    private final Output out;
    private final ByteText line = new ByteText(256);
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
        pad(result.outcome().label());
        pad(result.socket().state().label());
        result.socket().id().appendTo(line);
        Cell.owners(result.socket(), line.append("  "));
        endLine();
        line.append("  ");
        if (result.method() != null) {
            line.append(result.method().label()).append(": ");
        }
        line.append(result.why());
        appendMeasured(result);
        endLine();
        if (!sameReasons(result.rejected(), lastRejected)) {
            reasons(result).forEach(this::reason);
        }
        lastRejected = result.rejected();
        if (result.hint() != null) {
            line.append("  hint: ").append(result.hint());
            endLine();
        }
    }

    private void reason(String why, String methods) {
        line.append("  not ").append(methods).append(": ").append(why);
        endLine();
    }

    /** Programs and interfaces choose their names: no line may steer the terminal. */
    private void endLine() {
        if (line.isPrintable()) {
            out.line(line);
        } else {
            out.line(SafeText.of(line.toString()));
        }
        line.clear();
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

    private void appendMeasured(Result result) {
        int start = line.length();
        if (result.elapsedNanos() > 0) {
            appendMillis(part(start), result.elapsedNanos());
        }
        if (result.standStillNanos() > 0) {
            appendMillis(part(start).append("its threads stood still for "), result.standStillNanos());
        }
        if (result.descriptorFreed()) {
            part(start).append("descriptor released");
        }
        if (result.stateAfter() != null
                && result.stateAfter() != result.socket().state()) {
            part(start).append("now ").append(result.stateAfter().label());
        }
        if (line.length() > start) {
            line.append(')');
        }
    }

    private ByteText part(int start) {
        return line.append(line.length() == start ? " (" : ", ");
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

    private void pad(String text) {
        line.append(text).blanks(Math.max(1, OUTCOME_WIDTH - text.length()));
    }

    private static void appendMillis(ByteText text, long nanos) {
        long hundredths = (nanos + NANOS_PER_HUNDREDTH / 2) / NANOS_PER_HUNDREDTH;
        text.append(hundredths / 100)
                .append('.')
                .append(hundredths / 10 % 10)
                .append(hundredths % 10)
                .append(" ms");
    }
}
