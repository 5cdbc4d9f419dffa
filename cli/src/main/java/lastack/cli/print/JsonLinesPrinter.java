package lastack.cli.print;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import lastack.model.Gap;
import lastack.model.SocketView;
import lastack.sockets.Users;

/** One JSON object a line. */
public final class JsonLinesPrinter implements SocketPrinter {
    private final Output out;
    private final StringWriter line = new StringWriter();
    private final SocketJson sockets = new SocketJson(Users.ofThisHost());

    /** Lines on the given output. */
    public JsonLinesPrinter(Output out) {
        this.out = out;
    }

    @Override
    public void print(SocketView socket) {
        line.getBuffer().setLength(0);
        try (JsonWriter json = new JsonWriter(line)) {
            sockets.write(json, socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out.line(line.getBuffer());
    }

    @Override
    public void finish(List<Gap> gaps) {
        // What could not be seen goes to standard error, not between the objects.
    }
}
