package lastack.kernel.diag;

import java.nio.ByteBuffer;
import lastack.kernel.Kernel;
import lastack.kernel.netlink.NetlinkMessage;
import lastack.model.Family;

/**
 * The older request to list TCP sockets ({@code TCPDIAG_GETSOCK}), with its netlink header. It has no protocol in it, and whatever
 * family it names, the kernel lists both in one walk over its tables ({@code inet_diag_dump_compat}, {@code net/ipv4/inet_diag.c}).
 *
 * <pre>
 * struct inet_diag_req (linux/inet_diag.h), behind the 16 bytes of nlmsghdr
 *  0        1         2         3     4                             52       56     60
 *  +--------+---------+---------+-----+-----------------------------+--------+------+
 *  | family | src_len | dst_len | ext | id (struct inet_diag_sockid) | states | dbs  |
 *  +--------+---------+---------+-----+-----------------------------+--------+------+
 * </pre>
 */
final class InetDiagReqV1 {
    static final int SIZE = 60;
    static final int STATES = 52;
    static final int TCPDIAG_GETSOCK = 18;

    private static final int HEADER = NetlinkMessage.HEADER;

    private final ByteBuffer bytes = Kernel.memory(HEADER + SIZE);

    /** Lists the sockets of both families in the given states (a set of {@code 1 << state} bits). */
    ByteBuffer dump(int sequence, int states, int extensions) {
        return bytes.putInt(0, HEADER + SIZE)
                .putShort(4, (short) TCPDIAG_GETSOCK)
                .putShort(6, (short) (NetlinkMessage.NLM_F_DUMP | NetlinkMessage.NLM_F_REQUEST))
                .putInt(8, sequence)
                .put(HEADER, (byte) Family.INET.number())
                .put(HEADER + 3, (byte) extensions)
                .putInt(HEADER + STATES, states)
                .rewind();
    }
}
