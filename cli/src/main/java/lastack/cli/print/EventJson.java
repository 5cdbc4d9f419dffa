package lastack.cli.print;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import lastack.live.StateChange;
import lastack.sockets.Users;

/** One JSON object a change, on a line of its own. */
public final class EventJson implements EventPrinter {
    private final Output out;
    private final StringWriter line = new StringWriter();
    private final SocketJson sockets = new SocketJson(Users.ofThisHost());

    /** Lines on the given output. */
    public EventJson(Output out) {
        this.out = out;
    }

    @Override
    public void print(StateChange change) {
        line.getBuffer().setLength(0);
        try (JsonWriter json = new JsonWriter(line)) {
            write(json, change);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out.line(line.getBuffer());
    }

    private void write(JsonWriter json, StateChange change) throws IOException {
        json.beginObject();
        json.name("time").value(change.time().toString());
        json.name("from").value(change.from().label());
        json.name("to").value(change.to().label());
        json.name("source").value(change.source().label());
        SocketJson.age(json, "stayed", change.stayed());
        json.name("identified").value(change.identified());
        json.name("socket");
        sockets.write(json, change.socket(), change.known());
        json.endObject();
    }
}
