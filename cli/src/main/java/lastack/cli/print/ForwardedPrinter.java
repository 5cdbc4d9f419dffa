package lastack.cli.print;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import lastack.model.Durations;
import lastack.model.Endpoint;
import lastack.model.Flow;
import lastack.model.ForwardedConnection;
import lastack.sockets.Host;

/** Prints connections that pass through this host, in one of the formats. */
public interface ForwardedPrinter {
    /** Prints all. */
    void print(List<ForwardedConnection> connections);

    /** A printer for a format. */
    static ForwardedPrinter of(Format format, Output out, boolean header) {
        return switch (format) {
            case table, wide -> connections -> table(out, header, connections);
            case json -> connections -> json(out, connections);
            case jsonl -> connections -> connections.forEach(connection -> jsonLine(out, connection));
            case csv -> connections -> csv(out, header, connections);
        };
    }

    private static void table(Output out, boolean header, List<ForwardedConnection> connections) {
        int client = "CLIENT".length();
        int called = "CALLED".length();
        for (ForwardedConnection connection : connections) {
            client = Math.max(client, connection.client().toString().length());
            called = Math.max(
                    called, connection.original().destination().toString().length());
        }
        if (header && !connections.isEmpty()) {
            out.line(row("STATE", "CLIENT", client, "CALLED", called, "TIMEOUT", "SERVER SEES"));
        }
        for (ForwardedConnection connection : connections) {
            out.line(row(
                    connection.state().label(),
                    connection.client().toString(),
                    client,
                    connection.original().destination().toString(),
                    called,
                    Durations.format(connection.timeoutSeconds() * 1_000),
                    connection.translated() ? connection.reply().reversed().toString() : "the same"));
        }
    }

    private static String row(
            String state,
            String client,
            int clientWidth,
            String called,
            int calledWidth,
            String timeout,
            String server) {
        return pad(state, 10) + "  " + pad(client, clientWidth) + "  " + pad(called, calledWidth) + "  "
                + pad(timeout, 7) + "  " + server;
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private static void json(Output out, List<ForwardedConnection> connections) {
        try {
            JsonWriter json = new JsonWriter(out);
            json.beginObject();
            json.name("time").value(Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
            json.name("host").value(Host.name());
            json.name("connections").beginArray();
            for (ForwardedConnection connection : connections) {
                write(json, connection);
            }
            json.endArray();
            json.endObject();
            json.flush();
            out.line("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void jsonLine(Output out, ForwardedConnection connection) {
        StringWriter line = new StringWriter();
        try (JsonWriter json = new JsonWriter(line)) {
            write(json, connection);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out.line(line.getBuffer());
    }

    /** One connection as a JSON object. */
    static void write(JsonWriter json, ForwardedConnection connection) throws IOException {
        json.beginObject();
        json.name("state").value(connection.state().label());
        json.name("family").value(connection.family().label());
        json.name("original");
        write(json, connection.original());
        json.name("reply");
        write(json, connection.reply());
        json.name("translated").value(connection.translated());
        json.name("answered").value(connection.answered());
        json.name("offloaded").value(connection.offloaded());
        json.name("timeout_s").value(connection.timeoutSeconds());
        json.name("mark").value(Integer.toUnsignedLong(connection.mark()));
        json.name("zone").value(connection.zone());
        json.name("id").value(Integer.toUnsignedLong(connection.id()));
        json.endObject();
    }

    private static void write(JsonWriter json, Flow flow) throws IOException {
        json.beginObject();
        write(json.name("source"), flow.source());
        write(json.name("destination"), flow.destination());
        json.endObject();
    }

    private static void write(JsonWriter json, Endpoint end) throws IOException {
        json.beginObject();
        json.name("address").value(end.address().toString());
        json.name("port").value(end.port());
        json.endObject();
    }

    private static void csv(Output out, boolean header, List<ForwardedConnection> connections) {
        if (header) {
            out.line("state,family,client_address,client_port,called_address,called_port,server_address,server_port,"
                    + "caller_address,caller_port,timeout_s,mark,zone,id");
        }
        for (ForwardedConnection connection : connections) {
            Flow seenByServer = connection.reply().reversed();
            out.line(connection.state().label()
                    + ','
                    + connection.family().label()
                    + ','
                    + csv(connection.original().source())
                    + csv(connection.original().destination())
                    + csv(seenByServer.destination())
                    + csv(seenByServer.source())
                    + connection.timeoutSeconds()
                    + ','
                    + Integer.toUnsignedLong(connection.mark())
                    + ','
                    + connection.zone()
                    + ','
                    + Integer.toUnsignedLong(connection.id()));
        }
    }

    private static String csv(Endpoint end) {
        return end.address().toString() + ',' + end.port() + ',';
    }
}
