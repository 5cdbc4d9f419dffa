package lastack.kernel.diag;

import java.nio.ByteBuffer;
import lastack.kernel.Kernel;
import lastack.kernel.netlink.NetlinkMessage;

/**
 * A request to list TCP sockets, of both families in one pass over the kernel's tables: each pass takes milliseconds, however few
 * sockets there are.
 *
 * <p>Only the older of the two requests, {@code TCPDIAG_GETSOCK}, knows no family as all of them; every kernel that has
 * {@code inet_diag} answers it as it answers the newer one.
 *
 * <pre>
 * struct inet_diag_req (linux/inet_diag.h), behind the 16 bytes of nlmsghdr
 *  0        1         2         3     4                            52       56    60
 *  +--------+---------+---------+-----+----------------------------+--------+-----+------------------------------
 *  | family | src_len | dst_len | ext | id (all zero for a dump)   | states | dbs | struct nlattr, the bytecode
 *  +--------+---------+---------+-----+----------------------------+--------+-----+------------------------------
 * </pre>
 */
final class ListRequest {
    static final int SIZE = 60;
    static final int TCPDIAG_GETSOCK = 18;

    /** {@code AF_UNSPEC}. */
    static final int BOTH = 0;

    private static final int HEADER = NetlinkMessage.HEADER;
    private static final int INET_DIAG_REQ_BYTECODE = 1;
    private static final int ATTRIBUTE_HEADER = 4;

    private ListRequest() {}

    /**
     * The request.
     *
     * @param family its number; {@link #BOTH} for both
     * @param states a set of {@code 1 << state} bits
     * @param program which sockets, as {@link Bytecode}; empty for all
     */
    static ByteBuffer of(int sequence, int family, int states, int extensions, byte[] program) {
        int length = HEADER + SIZE + (program.length == 0 ? 0 : ATTRIBUTE_HEADER + program.length);
        ByteBuffer request = Kernel.memory(length)
                .putInt(0, length)
                .putShort(4, (short) TCPDIAG_GETSOCK)
                .putShort(6, (short) (NetlinkMessage.NLM_F_DUMP | NetlinkMessage.NLM_F_REQUEST))
                .putInt(8, sequence)
                .put(HEADER, (byte) family)
                .put(HEADER + 3, (byte) extensions)
                .putInt(HEADER + 52, states);
        if (program.length > 0) {
            int attribute = HEADER + SIZE;
            request.putShort(attribute, (short) (ATTRIBUTE_HEADER + program.length))
                    .putShort(attribute + 2, (short) INET_DIAG_REQ_BYTECODE)
                    .put(attribute + ATTRIBUTE_HEADER, program);
        }
        return request;
    }
}
