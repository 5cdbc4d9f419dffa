package lastack.cli.print;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import lastack.options.OptionChange;
import lastack.options.OptionChange.Outcome;
import lastack.sockets.Users;

/** One JSON document with every option of every socket, and a summary. */
final class ChangeJson implements ChangePrinter {
    private final Output out;
    private final JsonWriter json;
    private final SocketJson sockets;

    ChangeJson(Output out) {
        this.out = out;
        this.json = new JsonWriter(out);
        this.sockets = new SocketJson(Users.ofThisHost());
    }

    @Override
    public void print(List<OptionChange> changes, int matched) {
        try {
            json.beginObject();
            json.name("results").beginArray();
            for (OptionChange change : changes) {
                write(change);
            }
            json.endArray();
            summary(changes, matched);
            json.endObject();
            json.flush();
            out.line("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(OptionChange change) throws IOException {
        json.beginObject();
        sockets.write(json.name("socket"), change.socket());
        json.name("option").value(change.asked().name().label());
        json.name("asked").value(change.asked().value());
        json.name("outcome").value(change.outcome().label());
        json.name("before").value(change.before());
        json.name("after").value(change.after());
        json.name("why").value(change.why());
        json.name("error").value(change.error());
        json.name("hint").value(change.hint());
        json.endObject();
    }

    private void summary(List<OptionChange> changes, int matched) throws IOException {
        json.name("summary").beginObject();
        json.name("matched").value(matched);
        json.name("beyond_limit").value(matched - ChangePrinter.sockets(changes));
        for (Outcome outcome : Outcome.values()) {
            long count = changes.stream()
                    .filter(change -> change.outcome() == outcome)
                    .count();
            json.name(outcome.label().replace('-', '_')).value(count);
        }
        json.endObject();
    }
}
