package lastack.cli.print;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import lastack.forwarded.CutResult;
import lastack.remedy.Outcome;

/** Prints what became of each forwarded connection, and a summary. */
public interface ForwardedReport {
    /** Prints the results of one removal or plan; {@code matched} counts also what a limit left out. */
    void print(List<CutResult> results, int matched);

    /** For programs or for people. */
    static ForwardedReport of(boolean json, Output out) {
        return json
                ? (results, matched) -> json(out, results, matched)
                : (results, matched) -> text(out, results, matched);
    }

    private static void text(Output out, List<CutResult> results, int matched) {
        Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
        for (CutResult result : results) {
            counts.merge(result.outcome(), 1, Integer::sum);
            String label = result.outcome().label();
            String state = result.connection().state().label();
            out.line(label
                    + " ".repeat(Math.max(1, 13 - label.length()))
                    + state
                    + " ".repeat(Math.max(1, 13 - state.length()))
                    + result.connection().original());
            long hundredths = result.elapsedNanos() / 10_000;
            String measured = hundredths == 0 ? "" : " (" + hundredths / 100 + "." + hundredths / 10 % 10 + " ms)";
            out.line("  " + result.why() + measured);
        }
        StringBuilder summary = new StringBuilder(matched + " matched");
        counts.forEach((outcome, count) ->
                summary.append(", ").append(count).append(' ').append(outcome.label()));
        if (matched > results.size()) {
            summary.append(", ").append(matched - results.size()).append(" beyond the limit");
        }
        out.line(summary);
    }

    private static void json(Output out, List<CutResult> results, int matched) {
        try {
            JsonWriter json = new JsonWriter(out);
            json.beginObject();
            json.name("results").beginArray();
            for (CutResult result : results) {
                write(json, result);
            }
            json.endArray();
            summary(json, results, matched);
            json.endObject();
            json.flush();
            out.line("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(JsonWriter json, CutResult result) throws IOException {
        json.beginObject();
        json.name("connection");
        ForwardedPrinter.write(json, result.connection());
        json.name("outcome").value(result.outcome().label());
        json.name("why").value(result.why());
        json.name("client").value(result.client().label());
        json.name("server").value(result.server().label());
        json.name("entry_removed").value(result.entryRemoved());
        json.name("elapsed_ms").value(result.elapsedNanos() / 1e6);
        json.name("error").value(result.error());
        json.endObject();
    }

    private static void summary(JsonWriter json, List<CutResult> results, int matched) throws IOException {
        json.name("summary").beginObject();
        json.name("matched").value(matched);
        json.name("beyond_limit").value(matched - results.size());
        for (Outcome outcome : Outcome.values()) {
            long count = results.stream()
                    .filter(result -> result.outcome() == outcome)
                    .count();
            json.name(outcome.label().replace('-', '_')).value(count);
        }
        json.endObject();
    }
}
