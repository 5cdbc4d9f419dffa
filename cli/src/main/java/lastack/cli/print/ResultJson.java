package lastack.cli.print;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import lastack.remedy.Outcome;
import lastack.remedy.Rejection;
import lastack.remedy.Result;
import lastack.sockets.Users;

/** One JSON document with every result and a summary. */
final class ResultJson implements ResultPrinter {
    private static final double NANOS_PER_MILLI = 1e6;

    private final Output out;
    private final JsonWriter json;
    private final SocketJson sockets;

    ResultJson(Output out) {
        this(out, new JsonWriter(out));
    }

    /** As a part of a larger document. */
    ResultJson(Output out, JsonWriter json) {
        this.out = out;
        this.json = json;
        this.sockets = new SocketJson(Users.ofThisHost());
    }

    @Override
    public void print(List<Result> results, int matched) {
        try {
            json.beginObject();
            writeAll(results, matched);
            json.endObject();
            json.flush();
            out.line("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The keys {@code results} and {@code summary} of the document that is being written. */
    void writeAll(List<Result> results, int matched) throws IOException {
        json.name("results").beginArray();
        for (Result result : results) {
            write(result);
        }
        json.endArray();
        summary(results, matched);
    }

    private void write(Result result) throws IOException {
        json.beginObject();
        sockets.write(json.name("socket"), result.socket());
        json.name("method")
                .value(result.method() == null ? null : result.method().label());
        json.name("outcome").value(result.outcome().label());
        json.name("why").value(result.why());
        json.name("rejected").beginArray();
        for (Rejection rejection : result.rejected()) {
            json.beginObject();
            json.name("method").value(rejection.method().label());
            json.name("why").value(rejection.why());
            json.endObject();
        }
        json.endArray();
        json.name("elapsed_ms").value(result.elapsedNanos() / NANOS_PER_MILLI);
        json.name("state_after")
                .value(result.stateAfter() == null ? null : result.stateAfter().label());
        json.name("fd_freed").value(result.descriptorFreed());
        json.name("stopped_ms").value(result.standStillNanos() / NANOS_PER_MILLI);
        json.name("error").value(result.error());
        json.name("hint").value(result.hint());
        json.endObject();
    }

    private void summary(List<Result> results, int matched) throws IOException {
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
