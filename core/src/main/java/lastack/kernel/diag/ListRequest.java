package lastack.kernel.diag;

import java.nio.ByteBuffer;
import java.util.Set;
import lastack.kernel.Kernel;
import lastack.kernel.netlink.NetlinkMessage;
import lastack.model.Family;

/**
 * A request to list TCP sockets, of both families in one pass over the kernel's tables: each pass takes milliseconds, however few
 * sockets there are.
 *
 * <p>Only the older of the two requests, {@code TCPDIAG_GETSOCK}, lists both; it does so whatever family it names
 * ({@code inet_diag_dump_compat}, {@code net/ipv4/inet_diag.c}). One family alone is asked for by the newer one.
 *
 * <pre>
 * struct inet_diag_req (linux/inet_diag.h), behind the 16 bytes of nlmsghdr
 *  0        1         2         3     4                            52       56    60
 *  +--------+---------+---------+-----+----------------------------+--------+-----+------------------------------
 *  | family | src_len | dst_len | ext | id (all zero for a dump)   | states | dbs | struct nlattr, the bytecode
 *  +--------+---------+---------+-----+----------------------------+--------+-----+------------------------------
 *
 * struct inet_diag_req_v2
 *  0        1          2     3     4        8                            56
 *  +--------+----------+-----+-----+--------+----------------------------+------------------------------
 *  | family | protocol | ext | pad | states | id (all zero for a dump)   | struct nlattr, the bytecode
 *  +--------+----------+-----+-----+--------+----------------------------+------------------------------
 * </pre>
 */
final class ListRequest {
    static final int SIZE_OF_BOTH = 60;
    static final int TCPDIAG_GETSOCK = 18;

    private static final int AF_UNSPEC = 0;
    private static final int HEADER = NetlinkMessage.HEADER;
    private static final int INET_DIAG_REQ_BYTECODE = 1;
    private static final int ATTRIBUTE_HEADER = 4;

    private ListRequest() {}

    /**
     * The request.
     *
     * @param families one or both
     * @param states a set of {@code 1 << state} bits
     * @param program which sockets, as {@link Bytecode}; empty for all
     */
    static ByteBuffer of(int sequence, Set<Family> families, int states, int extensions, byte[] program) {
        return families.size() == Family.values().length
                ? request(TCPDIAG_GETSOCK, sequence, SIZE_OF_BOTH, program)
                        .put(HEADER, (byte) AF_UNSPEC)
                        .put(HEADER + 3, (byte) extensions)
                        .putInt(HEADER + 52, states)
                : request(InetDiagReq.SOCK_DIAG_BY_FAMILY, sequence, InetDiagReq.SIZE, program)
                        .put(HEADER, (byte) families.iterator().next().number())
                        .put(HEADER + 1, (byte) InetDiagReq.IPPROTO_TCP)
                        .put(HEADER + 2, (byte) extensions)
                        .putInt(HEADER + 4, states);
    }

    private static ByteBuffer request(int type, int sequence, int size, byte[] program) {
        int attribute = HEADER + size;
        int length = attribute + (program.length == 0 ? 0 : ATTRIBUTE_HEADER + program.length);
        ByteBuffer request = Kernel.memory(length)
                .putInt(0, length)
                .putShort(4, (short) type)
                .putShort(6, (short) (NetlinkMessage.NLM_F_DUMP | NetlinkMessage.NLM_F_REQUEST))
                .putInt(8, sequence);
        if (program.length > 0) {
            request.putShort(attribute, (short) (ATTRIBUTE_HEADER + program.length))
                    .putShort(attribute + 2, (short) INET_DIAG_REQ_BYTECODE)
                    .put(attribute + ATTRIBUTE_HEADER, program);
        }
        return request;
    }
}
