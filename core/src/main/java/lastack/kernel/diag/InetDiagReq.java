package lastack.kernel.diag;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import lastack.kernel.Kernel;
import lastack.kernel.netlink.NetlinkMessage;
import lastack.model.Family;
import lastack.model.IpAddress;
import lastack.model.SocketId;

/**
 * A request to look up or destroy a TCP socket, with its netlink header; written anew into the same memory for each question.
 *
 * <pre>
 * struct inet_diag_req_v2 (linux/inet_diag.h), behind the 16 bytes of nlmsghdr
 *  0        1          2     3     4        8                                                56
 *  +--------+----------+-----+-----+--------+-------------------------------------------------+
 *  | family | protocol | ext | pad | states | id (struct inet_diag_sockid)                    |
 *  +--------+----------+-----+-----+--------+-------------------------------------------------+
 *
 * struct inet_diag_sockid: ports and addresses in network order, the rest in the machine's
 *  0       2       4                20               36       40        44         48
 *  +-------+-------+----------------+----------------+--------+---------+----------+
 *  | sport | dport | src[4]         | dst[4]         | if     | cookie0 | cookie1  |
 *  +-------+-------+----------------+----------------+--------+---------+----------+
 * </pre>
 */
final class InetDiagReq {
    static final int SIZE = 56;
    static final int SOCKID_SIZE = 48;
    static final int SOCK_DIAG_BY_FAMILY = 20;
    static final int SOCK_DESTROY = 21;
    static final int IPPROTO_TCP = 6;

    private static final int ALL_STATES = -1;
    private static final int HEADER = NetlinkMessage.HEADER;
    private static final int STATES = HEADER + 4;
    private static final int ID = HEADER + 8;

    /** With its header. */
    static final int BYTES = HEADER + SIZE;

    private final ByteBuffer bytes = Kernel.memory(BYTES);

    /** Looks up the one socket of this id. */
    ByteBuffer find(int sequence, SocketId id, int extensions) {
        return withId(header(SOCK_DIAG_BY_FAMILY, 0, sequence, id.family(), extensions), id);
    }

    /** Destroys the one socket of this id and asks for an acknowledgement. */
    ByteBuffer destroy(int sequence, SocketId id) {
        return withId(header(SOCK_DESTROY, NetlinkMessage.NLM_F_ACK, sequence, id.family(), 0), id);
    }

    /** Destroys the one socket of this id; answered only when that fails. */
    ByteBuffer destroyQuietly(int sequence, SocketId id) {
        return withId(header(SOCK_DESTROY, 0, sequence, id.family(), 0), id);
    }

    private ByteBuffer header(int type, int flags, int sequence, Family family, int extensions) {
        for (int at = 0; at < bytes.capacity(); at += Long.BYTES) {
            bytes.putLong(at, 0);
        }
        return bytes.putInt(0, HEADER + SIZE)
                .putShort(4, (short) type)
                .putShort(6, (short) (flags | NetlinkMessage.NLM_F_REQUEST))
                .putInt(8, sequence)
                .put(HEADER, (byte) family.number())
                .put(HEADER + 1, (byte) IPPROTO_TCP)
                .put(HEADER + 2, (byte) extensions);
    }

    private static ByteBuffer withId(ByteBuffer request, SocketId id) {
        request.putInt(STATES, ALL_STATES);
        request.order(ByteOrder.BIG_ENDIAN)
                .putShort(ID, (short) id.local().port())
                .putShort(ID + 2, (short) id.peer().port());
        putAddress(request, ID + 4, id.local().address());
        putAddress(request, ID + 20, id.peer().address());
        return request.order(ByteOrder.nativeOrder())
                .putInt(ID + 36, id.deviceIndex())
                .putInt(ID + 40, (int) id.cookie())
                .putInt(ID + 44, (int) (id.cookie() >>> 32));
    }

    private static void putAddress(ByteBuffer request, int at, IpAddress address) {
        if (address.family() == Family.INET) {
            request.putInt(at, (int) address.low());
        } else {
            request.putLong(at, address.high()).putLong(at + 8, address.low());
        }
    }
}
