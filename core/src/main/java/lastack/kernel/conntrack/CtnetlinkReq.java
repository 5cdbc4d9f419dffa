package lastack.kernel.conntrack;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import lastack.kernel.Kernel;
import lastack.kernel.netlink.NetlinkMessage;
import lastack.model.Family;
import lastack.model.Flow;
import lastack.model.ForwardedConnection;
import lastack.model.IpAddress;

/** A request to list, look up or delete entries of conntrack's table; the layout is that of {@link CtnetlinkMsg}. */
final class CtnetlinkReq {
    static final int SUBSYSTEM = 1 << 8;

    private static final int IPCTNL_MSG_CT_GET = SUBSYSTEM | 1;
    private static final int IPCTNL_MSG_CT_DELETE = SUBSYSTEM | 2;
    private static final int NLA_F_NESTED = 0x8000;
    private static final int BYTES = 160;
    private static final int BODY = NetlinkMessage.HEADER + CtnetlinkMsg.NFGENMSG;

    private CtnetlinkReq() {}

    /** Lists the entries of one family, of every protocol. */
    static ByteBuffer dump(int sequence, Family family) {
        return finish(body(), IPCTNL_MSG_CT_GET, NetlinkMessage.NLM_F_DUMP, sequence, family);
    }

    /** Looks up the entry one of whose directions is this one. */
    static ByteBuffer find(int sequence, Flow flow, int zone) {
        Family family = flow.source().address().family();
        return finish(withTuple(body(), flow, zone), IPCTNL_MSG_CT_GET, 0, sequence, family);
    }

    /** Deletes the entry, if it still is this one, and asks for an acknowledgement. */
    static ByteBuffer delete(int sequence, ForwardedConnection connection) {
        ByteBuffer request = withTuple(body(), connection.original(), connection.zone());
        attribute(request, CtnetlinkMsg.CTA_ID, 4).putInt(connection.id());
        return finish(request, IPCTNL_MSG_CT_DELETE, NetlinkMessage.NLM_F_ACK, sequence, connection.family());
    }

    private static ByteBuffer body() {
        return Kernel.memory(BYTES).position(BODY);
    }

    private static ByteBuffer withTuple(ByteBuffer request, Flow flow, int zone) {
        boolean v4 = flow.source().address().family() == Family.INET;
        int tuple = open(request, CtnetlinkMsg.CTA_TUPLE_ORIG);
        int addresses = open(request, CtnetlinkMsg.CTA_TUPLE_IP);
        address(
                request,
                v4 ? CtnetlinkMsg.CTA_IP_V4_SRC : CtnetlinkMsg.CTA_IP_V6_SRC,
                flow.source().address());
        address(
                request,
                v4 ? CtnetlinkMsg.CTA_IP_V4_DST : CtnetlinkMsg.CTA_IP_V6_DST,
                flow.destination().address());
        close(request, addresses);
        int protocol = open(request, CtnetlinkMsg.CTA_TUPLE_PROTO);
        attribute(request, CtnetlinkMsg.CTA_PROTO_NUM, 1).put((byte) CtnetlinkMsg.IPPROTO_TCP);
        pad(request);
        port(request, CtnetlinkMsg.CTA_PROTO_SRC_PORT, flow.source().port());
        port(request, CtnetlinkMsg.CTA_PROTO_DST_PORT, flow.destination().port());
        close(request, protocol);
        close(request, tuple);
        if (zone != 0) {
            port(request, CtnetlinkMsg.CTA_ZONE, zone);
        }
        return request;
    }

    private static int open(ByteBuffer request, int type) {
        int at = request.position();
        attribute(request, type | NLA_F_NESTED, 0);
        return at;
    }

    private static void close(ByteBuffer request, int at) {
        request.order(ByteOrder.nativeOrder()).putShort(at, (short) (request.position() - at));
    }

    /** Writes the header; what follows is in network order. */
    private static ByteBuffer attribute(ByteBuffer request, int type, int payload) {
        return request.order(ByteOrder.nativeOrder())
                .putShort((short) (4 + payload))
                .putShort((short) type)
                .order(ByteOrder.BIG_ENDIAN);
    }

    private static void pad(ByteBuffer request) {
        request.position(NetlinkMessage.align(request.position()));
    }

    private static void port(ByteBuffer request, int type, int number) {
        attribute(request, type, 2).putShort((short) number);
        pad(request);
    }

    private static void address(ByteBuffer request, int type, IpAddress address) {
        if (address.family() == Family.INET) {
            attribute(request, type, 4).putInt((int) address.low());
        } else {
            attribute(request, type, 16).putLong(address.high()).putLong(address.low());
        }
    }

    private static ByteBuffer finish(ByteBuffer request, int type, int flags, int sequence, Family family) {
        return request.flip()
                .order(ByteOrder.nativeOrder())
                .putInt(0, request.limit())
                .putShort(4, (short) type)
                .putShort(6, (short) (flags | NetlinkMessage.NLM_F_REQUEST))
                .putInt(8, sequence)
                .put(NetlinkMessage.HEADER, (byte) family.number());
    }
}
