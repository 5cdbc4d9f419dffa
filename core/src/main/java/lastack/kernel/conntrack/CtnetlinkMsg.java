package lastack.kernel.conntrack;

import java.nio.ByteBuffer;
import lastack.model.Endpoint;
import lastack.model.Flow;
import lastack.model.ForwardedConnection;
import lastack.model.IpAddress;
import lastack.model.TrackedState;
import org.jspecify.annotations.Nullable;

/**
 * One entry of conntrack's table ({@code linux/netfilter/nfnetlink_conntrack.h}).
 *
 * <pre>
 * struct nfgenmsg (linux/netfilter/nfnetlink.h), behind the 16 bytes of nlmsghdr
 *  0        1         2        4
 *  +--------+---------+--------+--------------
 *  | family | version | res_id | nlattr ...
 *  +--------+---------+--------+--------------
 *
 * CTA_TUPLE_ORIG, CTA_TUPLE_REPLY { CTA_TUPLE_IP { source, destination }, CTA_TUPLE_PROTO { number, ports } }
 * CTA_PROTOINFO { CTA_PROTOINFO_TCP { CTA_PROTOINFO_TCP_STATE } }
 * </pre>
 */
final class CtnetlinkMsg {
    static final int NFGENMSG = 4;

    static final int CTA_TUPLE_ORIG = 1;
    static final int CTA_ZONE = 18;
    static final int CTA_ID = 12;
    static final int CTA_TUPLE_IP = 1;
    static final int CTA_TUPLE_PROTO = 2;
    static final int CTA_IP_V4_SRC = 1;
    static final int CTA_IP_V4_DST = 2;
    static final int CTA_IP_V6_SRC = 3;
    static final int CTA_IP_V6_DST = 4;
    static final int CTA_PROTO_NUM = 1;
    static final int CTA_PROTO_SRC_PORT = 2;
    static final int CTA_PROTO_DST_PORT = 3;
    static final int IPPROTO_TCP = 6;

    private static final int CTA_TUPLE_REPLY = 2;
    private static final int CTA_STATUS = 3;
    private static final int CTA_PROTOINFO = 4;
    private static final int CTA_TIMEOUT = 7;
    private static final int CTA_MARK = 8;
    private static final int CTA_PROTOINFO_TCP = 1;
    private static final int CTA_PROTOINFO_TCP_STATE = 1;

    private CtnetlinkMsg() {}

    /** The entry between two places of the buffer, or null when it is not TCP, or no whole entry. */
    static @Nullable ForwardedConnection decode(ByteBuffer buffer, int start, int end) {
        Attributes entry = new Attributes(buffer, start + NFGENMSG, end);
        Flow original = flow(entry.nested(CTA_TUPLE_ORIG));
        Flow reply = flow(entry.nested(CTA_TUPLE_REPLY));
        if (original == null || reply == null) {
            return null;
        }
        return new ForwardedConnection(
                entry.u32(CTA_ID),
                state(entry.nested(CTA_PROTOINFO)),
                original,
                reply,
                entry.u32(CTA_TIMEOUT) & 0xFFFF_FFFFL,
                entry.u32(CTA_MARK),
                entry.u32(CTA_STATUS),
                Math.max(0, entry.u16(CTA_ZONE)));
    }

    private static @Nullable Flow flow(@Nullable Attributes tuple) {
        Attributes addresses = tuple == null ? null : tuple.nested(CTA_TUPLE_IP);
        Attributes ports = tuple == null ? null : tuple.nested(CTA_TUPLE_PROTO);
        if (addresses == null || ports == null || ports.u8(CTA_PROTO_NUM) != IPPROTO_TCP) {
            return null;
        }
        Endpoint source = end(address(addresses, CTA_IP_V4_SRC, CTA_IP_V6_SRC), ports.u16(CTA_PROTO_SRC_PORT));
        Endpoint destination = end(address(addresses, CTA_IP_V4_DST, CTA_IP_V6_DST), ports.u16(CTA_PROTO_DST_PORT));
        return source == null || destination == null ? null : new Flow(source, destination);
    }

    private static @Nullable IpAddress address(Attributes addresses, int v4, int v6) {
        IpAddress address = addresses.v4(v4);
        return address != null ? address : addresses.v6(v6);
    }

    private static @Nullable Endpoint end(@Nullable IpAddress address, int port) {
        return address == null || port < 0 ? null : new Endpoint(address, port);
    }

    private static TrackedState state(@Nullable Attributes protocol) {
        Attributes tcp = protocol == null ? null : protocol.nested(CTA_PROTOINFO_TCP);
        return tcp == null ? TrackedState.UNKNOWN : TrackedState.of(tcp.u8(CTA_PROTOINFO_TCP_STATE));
    }
}
