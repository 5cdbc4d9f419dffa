package lastack.cli.print;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import lastack.filter.Known;
import lastack.model.Age;
import lastack.model.Endpoint;
import lastack.model.Gap;
import lastack.model.Owner;
import lastack.model.SocketMemory;
import lastack.model.SocketView;
import lastack.model.TcpInfo;
import lastack.model.TcpSocket;
import lastack.model.Timer;
import lastack.sockets.Users;
import org.jspecify.annotations.Nullable;

/** The JSON form of a socket; keys never change their meaning. */
final class SocketJson {
    private static final List<String> NOT_KNOWN = List.of(
            "recv_q",
            "send_q",
            "inode",
            "mark",
            "cgroup",
            "timer",
            "age_ms",
            "age_source",
            "age_is",
            "orphan",
            "unaccepted",
            "info",
            "skmem",
            "congestion");

    private final Users users;

    SocketJson(Users users) {
        this.users = users;
    }

    void write(JsonWriter json, SocketView socket) throws IOException {
        TcpSocket.Details details = socket.details();
        json.beginObject();
        ends(json, socket);
        json.name("recv_q").value(socket.receiveQueue());
        json.name("send_q").value(socket.sendQueue());
        json.name("uid").value(Integer.toUnsignedLong(socket.uid()));
        json.name("user").value(users.nameOf(socket.uid()));
        json.name("inode").value(socket.inode());
        json.name("cookie").value(socket.id().cookieHex());
        json.name("mark").value(Integer.toUnsignedLong(details.mark()));
        json.name("cgroup").value(details.cgroup());
        timer(json.name("timer"), socket.timer());
        age(json, socket.age());
        namespace(json.name("netns"), socket);
        json.name("orphan").value(socket.orphan());
        json.name("unaccepted").value(socket.unaccepted());
        owners(json.name("owners"), socket.owners());
        info(json.name("info"), details.info());
        memory(json, details.memory());
        json.name("congestion").value(details.congestion());
        json.endObject();
    }

    /** The same keys of a socket of which not all is known: what is not is null. */
    void write(JsonWriter json, SocketView socket, Known known) throws IOException {
        if (known == Known.OWNERS) {
            write(json, socket);
            return;
        }
        boolean placed = known != Known.ENDS;
        json.beginObject();
        ends(json, socket);
        json.name("uid").value(placed ? Integer.toUnsignedLong(socket.uid()) : null);
        json.name("user").value(placed ? users.nameOf(socket.uid()) : null);
        json.name("cookie").value(placed ? socket.id().cookieHex() : null);
        json.name("netns");
        if (placed) {
            namespace(json, socket);
        } else {
            json.nullValue();
        }
        for (String key : NOT_KNOWN) {
            json.name(key).nullValue();
        }
        json.name("owners").beginArray().endArray();
        json.endObject();
    }

    private static void ends(JsonWriter json, SocketView socket) throws IOException {
        json.name("state").value(socket.state().label());
        json.name("family").value(socket.id().family().label());
        json.name("v4mapped").value(socket.v4mapped());
        endpoint(json.name("local"), socket.local());
        endpoint(json.name("peer"), socket.peer());
    }

    private static void endpoint(JsonWriter json, Endpoint end) throws IOException {
        json.beginObject();
        json.name("address").value(end.address().toString());
        json.name("port").value(end.port());
        json.name("interface").value(end.device());
        json.endObject();
    }

    private static void timer(JsonWriter json, @Nullable Timer timer) throws IOException {
        if (timer == null) {
            json.nullValue();
            return;
        }
        json.beginObject();
        json.name("kind").value(timer.kind().label());
        json.name("expires_ms").value(timer.expiresMillis());
        json.name("retransmits").value(timer.retransmits());
        json.endObject();
    }

    private static void age(JsonWriter json, @Nullable Age age) throws IOException {
        age(json, "age", age);
    }

    /** Three keys that begin with the same word. */
    static void age(JsonWriter json, String word, @Nullable Age age) throws IOException {
        json.name(word + "_ms").value(age == null ? null : age.millis());
        json.name(word + "_source").value(age == null ? null : age.source().label());
        json.name(word + "_is").value(age == null ? null : age.bound().label());
    }

    private static void namespace(JsonWriter json, SocketView socket) throws IOException {
        json.beginObject();
        json.name("inode").value(socket.netns().inode());
        json.name("name").value(socket.netns().name());
        json.endObject();
    }

    private static void owners(JsonWriter json, List<Owner> owners) throws IOException {
        json.beginArray();
        for (Owner owner : owners) {
            json.beginObject();
            json.name("pid").value(owner.pid());
            json.name("start_time").value(owner.process().startTime());
            json.name("comm").value(owner.comm());
            json.name("cmdline").value(owner.cmdline());
            json.name("uid").value(Integer.toUnsignedLong(owner.uid()));
            json.name("user").value(owner.user());
            json.name("fd").value(owner.fd());
            json.name("container").value(owner.container());
            json.name("container_runtime").value(owner.workload().runtime());
            json.name("pod").value(owner.workload().pod());
            json.name("unit").value(owner.workload().unit());
            json.name("pid_inside").value(owner.pidInside());
            json.name("jvm").value(owner.jvm());
            json.endObject();
        }
        json.endArray();
    }

    private static void info(JsonWriter json, @Nullable TcpInfo info) throws IOException {
        if (info == null) {
            json.nullValue();
            return;
        }
        json.beginObject();
        for (Map.Entry<String, Long> field : info.fields().entrySet()) {
            json.name(field.getKey()).value(unsigned(field.getValue()));
        }
        json.endObject();
    }

    /** Every field of tcp_info is unsigned; a pacing rate without limit is 2^64 - 1. */
    private static Number unsigned(long value) {
        return value >= 0 ? Long.valueOf(value) : new BigInteger(Long.toUnsignedString(value));
    }

    private static void memory(JsonWriter json, @Nullable SocketMemory memory) throws IOException {
        json.name("skmem");
        if (memory == null) {
            json.nullValue();
            return;
        }
        json.beginObject();
        json.name("rmem_alloc").value(memory.receiveAllocated());
        json.name("rcvbuf").value(memory.receiveBuffer());
        json.name("wmem_alloc").value(memory.sendAllocated());
        json.name("sndbuf").value(memory.sendBuffer());
        json.name("fwd_alloc").value(memory.forwardAllocated());
        json.name("wmem_queued").value(memory.sendQueued());
        json.name("optmem").value(memory.optionMemory());
        json.name("backlog").value(memory.backlog());
        json.name("drops").value(memory.drops());
        json.endObject();
    }

    static void gaps(JsonWriter json, List<Gap> gaps) throws IOException {
        json.beginArray();
        for (Gap gap : gaps) {
            json.beginObject();
            json.name("what").value(gap.what());
            json.name("why").value(gap.why());
            json.name("remedy").value(gap.remedy());
            json.endObject();
        }
        json.endArray();
    }
}
