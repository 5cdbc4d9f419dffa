package lastack.cli.print;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import lastack.jvm.BlockedThread;
import lastack.jvm.Explanation;
import lastack.jvm.Frame;
import lastack.jvm.HolderPath;
import lastack.jvm.JavaObject;
import lastack.jvm.JvmSocket;
import lastack.jvm.Library;
import lastack.jvm.Opening;
import lastack.jvm.Registration;
import lastack.model.TcpSocket;
import lastack.sockets.Users;
import org.jspecify.annotations.Nullable;

/** The JSON form of what JVMs told; keys never change their meaning. */
final class JvmJson {
    private final Output out;
    private final SocketJson sockets = new SocketJson(Users.ofThisHost());

    JvmJson(Output out) {
        this.out = out;
    }

    void document(List<JvmFindings> findings) {
        try (JsonWriter json = new JsonWriter(out)) {
            json.beginObject();
            json.name("jvms").beginArray();
            for (JvmFindings one : findings) {
                jvm(json, one);
            }
            json.endArray();
            json.endObject();
            json.flush();
            out.line("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void jvm(JsonWriter json, JvmFindings findings) throws IOException {
        json.beginObject();
        json.name("pid").value(findings.process().id().pid());
        json.name("start_time").value(findings.process().id().startTime());
        json.name("java").value(findings.report().java());
        json.name("machine").value(findings.report().machine());
        json.name("tracing").value(findings.report().tracing());
        json.name("opened").value(findings.report().opened());
        json.name("objects").value(findings.report().objects());
        json.name("elapsed_ms").value(findings.report().millis());
        json.name("stopped").value(findings.report().stopped().orElse(null));
        json.name("sockets").beginArray();
        for (TcpSocket socket : findings.sockets()) {
            socket(json, findings, socket);
        }
        json.endArray();
        json.endObject();
    }

    private void socket(JsonWriter json, JvmFindings findings, TcpSocket socket) throws IOException {
        JvmSocket inside = findings.inside(socket);
        json.beginObject();
        sockets.write(json.name("socket"), socket);
        json.name("fd").value(findings.fd(socket));
        object(json.name("object"), inside == null ? null : inside.object());
        object(json.name("inner"), inside == null ? null : inside.inner());
        if (inside != null) {
            inside(json, findings, socket, inside);
        }
        json.endObject();
    }

    private static void inside(JsonWriter json, JvmFindings findings, TcpSocket socket, JvmSocket inside)
            throws IOException {
        Explanation explanation = Explanation.of(socket, inside, findings.report());
        json.name("holding").value(explanation.holding());
        json.name("lost").value(findings.report().lost().contains(socket.inode()));
        path(json.name("path"), inside.path().orElse(null));
        json.name("threads").beginArray();
        if (inside.holder().isPresent()) {
            thread(json, inside.holder().get());
        }
        for (BlockedThread thread : inside.threads()) {
            thread(json, thread);
        }
        json.endArray();
        json.name("selectors").beginArray();
        for (Registration key : inside.registrations()) {
            registration(json, key);
        }
        json.endArray();
        opening(json.name("opened"), inside.opening().orElse(null));
        library(json.name("library"), inside, findings);
        json.name("advice").beginArray();
        for (String advice : explanation.advice()) {
            json.value(advice);
        }
        json.endArray();
    }

    private static void object(JsonWriter json, @Nullable JavaObject object) throws IOException {
        if (object == null) {
            json.nullValue();
            return;
        }
        json.beginObject();
        json.name("class").value(object.type());
        identity(json, object);
        json.endObject();
    }

    private static void identity(JsonWriter json, JavaObject object) throws IOException {
        json.name("identity").value(object.identity().isEmpty() ? null : object.identity());
    }

    private static void path(JsonWriter json, @Nullable HolderPath path) throws IOException {
        if (path == null) {
            json.nullValue();
            return;
        }
        json.beginObject();
        json.name("root").value(path.root());
        json.name("name").value(path.rootName());
        json.name("steps").beginArray();
        for (HolderPath.Step step : path.steps()) {
            json.beginObject();
            json.name("link").value(step.link());
            json.name("class").value(step.object().type());
            identity(json, step.object());
            json.endObject();
        }
        json.endArray();
        json.endObject();
    }

    private static void thread(JsonWriter json, BlockedThread thread) throws IOException {
        json.beginObject();
        json.name("doing").value(thread.doing());
        json.name("name").value(thread.name());
        json.name("virtual").value(thread.virtual());
        frames(json, thread.frames());
        json.endObject();
    }

    private static void frames(JsonWriter json, List<Frame> frames) throws IOException {
        json.name("stack").beginArray();
        for (Frame frame : frames) {
            json.value(frame.toString());
        }
        json.endArray();
    }

    private static void registration(JsonWriter json, Registration key) throws IOException {
        json.beginObject();
        object(json.name("selector"), key.selector());
        json.name("interest").value(key.interestText());
        json.name("attachment").value(key.attachment().isEmpty() ? null : key.attachment());
        json.name("selecting").value(key.selecting().map(BlockedThread::name).orElse(null));
        json.endObject();
    }

    private static void opening(JsonWriter json, @Nullable Opening opening) throws IOException {
        if (opening == null) {
            json.nullValue();
            return;
        }
        json.beginObject();
        json.name("ago_ms").value(opening.agoMillis());
        json.name("thread").value(opening.thread());
        json.name("line").value(opening.line().toString());
        frames(json, opening.frames());
        json.endObject();
    }

    private static void library(JsonWriter json, JvmSocket inside, JvmFindings findings) throws IOException {
        Library library = Library.on(inside).orElse(null);
        if (library == null) {
            json.nullValue();
            return;
        }
        json.beginObject();
        json.name("name").value(library.title());
        json.name("state").value(library.state(inside, findings.report()));
        json.name("settings").value(library.properties());
        json.endObject();
    }
}
