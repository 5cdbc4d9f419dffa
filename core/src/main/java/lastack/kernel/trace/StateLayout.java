package lastack.kernel.trace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import lastack.kernel.trace.EventFormat.Field;
import lastack.model.Endpoint;
import lastack.model.Family;
import lastack.model.IpAddress;
import org.jspecify.annotations.Nullable;

/** Where the fields of {@code sock:inet_sock_set_state} (Linux 4.16) lie in this kernel; ports are in the machine's byte order. */
final class StateLayout {
    private static final int IPPROTO_TCP = 6;

    private final Field socket;
    private final Field from;
    private final Field to;
    private final Field localPort;
    private final Field peerPort;
    private final Field family;
    private final Field protocol;
    private final Field local4;
    private final Field peer4;
    private final Field local6;
    private final Field peer6;
    private final int length;

    StateLayout(EventFormat format) throws IOException {
        socket = format.field("skaddr", 8);
        from = format.field("oldstate", 4);
        to = format.field("newstate", 4);
        localPort = format.field("sport", 2);
        peerPort = format.field("dport", 2);
        family = format.field("family", 2);
        // One byte before Linux 5.6.
        protocol = format.field("protocol", 1);
        local4 = format.field("saddr", 4);
        peer4 = format.field("daddr", 4);
        local6 = format.field("saddr_v6", 16);
        peer6 = format.field("daddr_v6", 16);
        length = List.of(socket, from, to, localPort, peerPort, family, protocol, local4, peer4, local6, peer6).stream()
                .mapToInt(field -> field.offset() + field.size())
                .max()
                .orElseThrow();
    }

    /** The sample; null for a socket of another protocol, such as MPTCP, and for a record that is too short. */
    @Nullable
    StateSample read(long time, int pid, ByteBuffer raw, int at, int bytes) {
        if (bytes < length || number(raw, at, protocol) != IPPROTO_TCP) {
            return null;
        }
        boolean six = number(raw, at, family) == Family.INET6.number();
        return new StateSample(
                time,
                pid,
                raw.getLong(at + socket.offset()),
                raw.getInt(at + from.offset()),
                raw.getInt(at + to.offset()),
                six ? Family.INET6 : Family.INET,
                end(raw, at, six, six ? local6 : local4, localPort),
                end(raw, at, six, six ? peer6 : peer4, peerPort));
    }

    private static int number(ByteBuffer raw, int at, Field field) {
        int place = at + field.offset();
        return field.size() == 1 ? raw.get(place) & 0xFF : raw.getShort(place) & 0xFFFF;
    }

    /** Both machines lastack runs on are little-endian; addresses are in network order. */
    private static Endpoint end(ByteBuffer raw, int at, boolean six, Field address, Field port) {
        int place = at + address.offset();
        IpAddress ip = six
                ? IpAddress.v6(Long.reverseBytes(raw.getLong(place)), Long.reverseBytes(raw.getLong(place + 8)))
                : IpAddress.v4(Integer.reverseBytes(raw.getInt(place)));
        return new Endpoint(ip, raw.getShort(at + port.offset()) & 0xFFFF);
    }
}
