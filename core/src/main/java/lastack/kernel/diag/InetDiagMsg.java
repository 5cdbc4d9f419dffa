package lastack.kernel.diag;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import lastack.kernel.netlink.NetlinkMessage;
import lastack.model.Family;
import lastack.model.IpAddress;
import lastack.model.SocketMemory;
import lastack.model.TcpInfo;
import org.jspecify.annotations.Nullable;

/**
 * One socket in a dump; valid only until the next message.
 *
 * <pre>
 * struct inet_diag_msg (linux/inet_diag.h)
 *  0        1       2       3         4              52        56       60       64    68      72
 *  +--------+-------+-------+---------+--------------+---------+--------+--------+-----+-------+-----------
 *  | family | state | timer | retrans | id (sockid)  | expires | rqueue | wqueue | uid | inode | rtattr ...
 *  +--------+-------+-------+---------+--------------+---------+--------+--------+-----+-------+-----------
 *
 * struct rtattr (linux/rtnetlink.h): u16 len (with these 4 bytes), u16 type, payload, padded to 4
 * </pre>
 */
public final class InetDiagMsg {
    static final int SIZE = 72;

    static final int INET_DIAG_INFO = 2;
    static final int INET_DIAG_CONG = 4;
    static final int INET_DIAG_SKMEMINFO = 7;
    static final int INET_DIAG_SKV6ONLY = 11;
    static final int INET_DIAG_MARK = 15;
    static final int INET_DIAG_CGROUP_ID = 21;

    private static final int KNOWN_ATTRIBUTES = 32;
    private static final int TYPE_MASK = 0x3FFF;

    private final ByteBuffer buffer;
    private final MessageBytes bytes = new MessageBytes();
    private final int[] attributeStart = new int[KNOWN_ATTRIBUTES];
    private final int[] attributeLength = new int[KNOWN_ATTRIBUTES];
    private int length;
    private boolean indexed;

    InetDiagMsg(ByteBuffer buffer) {
        this.buffer = buffer;
    }

    /**
     * Stands on the message that lies between two places of the buffer.
     *
     * @return false when it is too short to be one
     */
    boolean wrap(int start, int end) {
        if (end - start < SIZE) {
            return false;
        }
        bytes.copy(buffer, start, end);
        length = end - start;
        indexed = false;
        return true;
    }

    /** How long the payload of an attribute is, or -1 where it was not delivered. */
    private int lengthOf(int attribute) {
        if (!indexed) {
            Arrays.fill(attributeLength, -1);
            indexAttributes();
            indexed = true;
        }
        return attributeLength[attribute];
    }

    /** Notes where each attribute lies; an attribute that claims more than there is ends the list. */
    private void indexAttributes() {
        int at = SIZE;
        while (at + 4 <= length) {
            int size = bytes.u16(at);
            if (size < 4 || size > length - at) {
                return;
            }
            int type = bytes.u16(at + 2) & TYPE_MASK;
            if (type < KNOWN_ATTRIBUTES) {
                attributeStart[type] = at + 4;
                attributeLength[type] = size - 4;
            }
            at += NetlinkMessage.align(size);
        }
    }

    /** The family of the socket, which for a v4-mapped one is {@code AF_INET6}. */
    public Family family() {
        return bytes.u8(0) == Family.INET6.number() ? Family.INET6 : Family.INET;
    }

    /** The kernel's number for the state. */
    public int state() {
        return bytes.u8(1);
    }

    /** The kernel's number for the running timer, 0 for none. */
    public int timer() {
        return bytes.u8(2);
    }

    /** How often the timer has fired. */
    public int retransmits() {
        return bytes.u8(3);
    }

    /** The local port. */
    public int localPort() {
        return bytes.networkU16(4);
    }

    /** The peer's port. */
    public int peerPort() {
        return bytes.networkU16(6);
    }

    /** The local address. */
    public IpAddress localAddress() {
        return address(8);
    }

    /** The peer's address. */
    public IpAddress peerAddress() {
        return address(24);
    }

    private IpAddress address(int at) {
        return family() == Family.INET
                ? IpAddress.v4(bytes.networkI32(at))
                : IpAddress.v6(bytes.networkI64(at), bytes.networkI64(at + 8));
    }

    /** The index of the interface it is bound to, 0 for none. */
    public int deviceIndex() {
        return bytes.i32(40);
    }

    /** The socket's cookie. */
    public long cookie() {
        return bytes.i64(44);
    }

    /** Milliseconds until the timer fires. */
    public int expiresMillis() {
        return bytes.i32(52);
    }

    /** Bytes in the receive queue. */
    public long receiveQueue() {
        return bytes.u32(56);
    }

    /** Bytes in the send queue. */
    public long sendQueue() {
        return bytes.u32(60);
    }

    /** The owner's user id. */
    public int uid() {
        return bytes.i32(64);
    }

    /** The inode on sockfs, 0 when no file refers to the socket. */
    public long inode() {
        return bytes.u32(68);
    }

    /** The firewall mark; 0 when there is none or it was not delivered (it takes {@code CAP_NET_ADMIN}). */
    public int mark() {
        return lengthOf(INET_DIAG_MARK) >= 4 ? bytes.i32(attributeStart[INET_DIAG_MARK]) : 0;
    }

    /** Whether it takes no IPv4 ({@code IPV6_V6ONLY}); the kernel tells it of listeners and closed sockets of IPv6. */
    public boolean v6only() {
        return lengthOf(INET_DIAG_SKV6ONLY) >= 1 && bytes.u8(attributeStart[INET_DIAG_SKV6ONLY]) != 0;
    }

    /** The id of its cgroup: the inode of the directory in the cgroup v2 tree, or 0. */
    public long cgroupId() {
        return lengthOf(INET_DIAG_CGROUP_ID) >= 8 ? bytes.i64(attributeStart[INET_DIAG_CGROUP_ID]) : 0;
    }

    /** Whether {@code struct tcp_info} was delivered; the kernel has none for TIME-WAIT and SYN-RECV. */
    public boolean hasInfo() {
        return lengthOf(INET_DIAG_INFO) > 0;
    }

    /** Milliseconds since the last ACK came in ({@code tcpi_last_ack_recv}), or -1. */
    public long lastAckReceivedMillis() {
        return info(TcpInfoStruct.LAST_ACK_RECV);
    }

    /** Milliseconds since data was last sent ({@code tcpi_last_data_sent}), or -1. */
    public long lastDataSentMillis() {
        return info(TcpInfoStruct.LAST_DATA_SENT);
    }

    /** Milliseconds since data last came in ({@code tcpi_last_data_recv}), or -1. */
    public long lastDataReceivedMillis() {
        return info(TcpInfoStruct.LAST_DATA_RECV);
    }

    /** Bytes of data sent so far, each repetition counted ({@code tcpi_bytes_sent}, Linux 4.19), or -1. */
    public long bytesSent() {
        return info(TcpInfoStruct.BYTES_SENT);
    }

    /** The present retransmission timeout in microseconds ({@code tcpi_rto}), or -1. */
    public long retransmissionTimeoutMicros() {
        return info(TcpInfoStruct.RTO);
    }

    /** How often the timeout has been doubled ({@code tcpi_backoff}), or -1. */
    public long backoff() {
        return info(TcpInfoStruct.BACKOFF);
    }

    private long info(TcpInfoStruct field) {
        return field.read(bytes, lengthOf(INET_DIAG_INFO), attributeStart[INET_DIAG_INFO]);
    }

    /** A copy of {@code struct tcp_info}, or null where it was not delivered. */
    public @Nullable TcpInfo tcpInfo() {
        return hasInfo() ? TcpInfoStruct.decode(bytes, lengthOf(INET_DIAG_INFO), attributeStart[INET_DIAG_INFO]) : null;
    }

    /** The name of the congestion control algorithm, or null where it was not delivered. */
    public @Nullable String congestion() {
        int nameLength = lengthOf(INET_DIAG_CONG);
        if (nameLength <= 1) {
            return null;
        }
        byte[] name = bytes.part(attributeStart[INET_DIAG_CONG], nameLength - 1);
        return new String(name, StandardCharsets.ISO_8859_1);
    }

    /** A copy of the memory figures ({@code SK_MEMINFO_*}, nine 32-bit numbers), or null where they were not delivered. */
    public @Nullable SocketMemory memory() {
        if (lengthOf(INET_DIAG_SKMEMINFO) < 36) {
            return null;
        }
        return new SocketMemory(
                memory(0), memory(1), memory(2), memory(3), memory(4), memory(5), memory(6), memory(7), memory(8));
    }

    private long memory(int index) {
        return bytes.u32(attributeStart[INET_DIAG_SKMEMINFO] + 4 * index);
    }
}
