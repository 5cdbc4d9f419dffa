package lastack.cli.print;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import lastack.model.Gap;
import lastack.model.SocketView;
import lastack.sockets.Users;

/** One JSON document with all sockets, written as they come. */
public final class JsonPrinter implements SocketPrinter {
    private final Output out;
    private final JsonWriter json;
    private final SocketJson sockets;

    /** Begins the document. */
    public JsonPrinter(Output out, String host) {
        this.out = out;
        this.json = new JsonWriter(out);
        this.sockets = new SocketJson(Users.ofThisHost());
        try {
            json.beginObject();
            json.name("time").value(Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
            json.name("host").value(host);
            json.name("sockets").beginArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void print(SocketView socket) {
        try {
            sockets.write(json, socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void finish(List<Gap> gaps) {
        try {
            json.endArray();
            SocketJson.gaps(json.name("gaps"), gaps);
            json.endObject();
            json.flush();
            out.line("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
