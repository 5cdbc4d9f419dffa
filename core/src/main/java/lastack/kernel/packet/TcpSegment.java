package lastack.kernel.packet;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import lastack.kernel.Kernel;
import lastack.model.Family;
import lastack.model.IpAddress;

/**
 * A TCP segment in its IP packet, read in place over the receive buffer; or made, without data and options.
 *
 * <pre>
 * IPv4 header (RFC 791), network order, at least 20 bytes; IHL counts words of four bytes
 *  0         1     2        4    6       8     9          10       12    16
 *  +---------+-----+--------+----+-------+-----+----------+--------+-----+-----+---------
 *  | ver IHL | tos | length | id | frag  | ttl | protocol | check  | src | dst | options
 *  +---------+-----+--------+----+-------+-----+----------+--------+-----+-----+---------
 *
 * IPv6 header (RFC 8200), 40 bytes
 *  0                  4         6             7           8     24
 *  +------------------+---------+-------------+-----------+-----+-----+
 *  | ver class flow   | payload | next header | hop limit | src | dst |
 *  +------------------+---------+-------------+-----------+-----+-----+
 *
 * TCP header (RFC 9293), at least 20 bytes
 *  0       2       4     8     12       13      14       16      18       20
 *  +-------+-------+-----+-----+--------+-------+--------+-------+--------+---------
 *  | sport | dport | seq | ack | offset | flags | window | check | urgent | options
 *  +-------+-------+-----+-----+--------+-------+--------+-------+--------+---------
 * </pre>
 *
 * <p>An IPv6 packet with extension headers counts as none: the kernel sends TCP without them.
 */
public final class TcpSegment {
    public static final int FIN = 0x01;
    public static final int SYN = 0x02;
    public static final int RST = 0x04;
    public static final int ACK = 0x10;

    /** The longest headers: IPv4 with all options before TCP with all options, or IPv6 before that. */
    static final int MOST_HEADER_BYTES = 60 + 60;

    private static final int IPPROTO_TCP = 6;
    private static final int V4_HEADER = 20;
    private static final int V6_HEADER = 40;
    private static final int TCP_HEADER = 20;
    private static final int HOPS = 64;
    private static final int FRAGMENT_BITS = 0x1FFF;
    private static final int DONT_FRAGMENT = 0x4000;

    private final ByteBuffer packet;
    private int tcp;

    /** A reader over the buffer; {@link #wrap} says whether there is a segment in it. */
    public TcpSegment(ByteBuffer packet) {
        this.packet = packet.duplicate().order(ByteOrder.BIG_ENDIAN);
    }

    /**
     * Stands on the packet in the first bytes of the buffer.
     *
     * @param length how many bytes of it there are
     * @return false when they do not begin with the whole headers of a TCP segment, or only go on with a fragment
     */
    public boolean wrap(int length) {
        if (length < 1 || length > packet.capacity()) {
            return false;
        }
        packet.limit(length);
        tcp = switch (version()) {
            case 4 -> tcpInV4(length);
            case 6 -> length >= V6_HEADER && (packet.get(6) & 0xFF) == IPPROTO_TCP ? V6_HEADER : -1;
            default -> -1;
        };
        return tcp >= 0 && length - tcp >= TCP_HEADER;
    }

    private int tcpInV4(int length) {
        int header = (packet.get(0) & 0xF) * 4;
        boolean whole = header >= V4_HEADER
                && length >= header
                && (packet.getShort(6) & FRAGMENT_BITS) == 0
                && (packet.get(9) & 0xFF) == IPPROTO_TCP;
        return whole ? header : -1;
    }

    private int version() {
        return (packet.get(0) & 0xFF) >>> 4;
    }

    /** Who sent it to whom. */
    public FourTuple tuple() {
        boolean v4 = version() == 4;
        return new FourTuple(
                v4 ? IpAddress.v4(packet.getInt(12)) : IpAddress.v6(packet.getLong(8), packet.getLong(16)),
                packet.getShort(tcp) & 0xFFFF,
                v4 ? IpAddress.v4(packet.getInt(16)) : IpAddress.v6(packet.getLong(24), packet.getLong(32)),
                packet.getShort(tcp + 2) & 0xFFFF);
    }

    /** The sequence number of its first byte. */
    public int sequence() {
        return packet.getInt(tcp + 4);
    }

    /** The sequence number its sender expects next; means nothing without {@link #ACK}. */
    public int acknowledgement() {
        return packet.getInt(tcp + 8);
    }

    /** Whether all of these flags are set. */
    public boolean has(int flags) {
        return (packet.get(tcp + 13) & flags) == flags;
    }

    /** The flags, the lowest eight bits of {@code tcp_flag_word}. */
    public int flags() {
        return packet.get(tcp + 13) & 0xFF;
    }

    /** {@code 10.0.0.1:80 > 10.0.0.2:4000 SYN,ACK seq 1 ack 2}. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder(96).append(tuple());
        String separator = " ";
        for (Flag flag : Flag.values()) {
            if (has(flag.bit)) {
                out.append(separator).append(flag.name());
                separator = ",";
            }
        }
        out.append(" seq ").append(Integer.toUnsignedString(sequence()));
        return out.append(" ack ")
                .append(Integer.toUnsignedString(acknowledgement()))
                .toString();
    }

    private enum Flag {
        SYN(TcpSegment.SYN),
        FIN(TcpSegment.FIN),
        RST(TcpSegment.RST),
        ACK(TcpSegment.ACK);

        private final int bit;

        Flag(int bit) {
            this.bit = bit;
        }
    }

    /**
     * A whole packet with an empty segment, from position 0 to limit. The kernel fills in the checksum of an IPv4 header.
     *
     * @param window the window as it goes over the wire
     */
    public static ByteBuffer encode(FourTuple tuple, int sequence, int acknowledgement, int flags, int window) {
        boolean v4 = tuple.family() == Family.INET;
        int tcp = v4 ? V4_HEADER : V6_HEADER;
        ByteBuffer packet = Kernel.memory(tcp + TCP_HEADER).order(ByteOrder.BIG_ENDIAN);
        if (v4) {
            putV4(packet, tuple);
        } else {
            putV6(packet, tuple);
        }
        packet.putShort(tcp, (short) tuple.sourcePort())
                .putShort(tcp + 2, (short) tuple.destinationPort())
                .putInt(tcp + 4, sequence)
                .putInt(tcp + 8, acknowledgement)
                .put(tcp + 12, (byte) ((TCP_HEADER / 4) << 4))
                .put(tcp + 13, (byte) flags)
                .putShort(tcp + 14, (short) window);
        return packet.putShort(tcp + 16, checksum(packet, v4 ? 12 : 8, tcp));
    }

    private static void putV4(ByteBuffer packet, FourTuple tuple) {
        packet.put(0, (byte) (4 << 4 | (V4_HEADER / 4)))
                .putShort(2, (short) packet.capacity())
                .putShort(6, (short) DONT_FRAGMENT)
                .put(8, (byte) HOPS)
                .put(9, (byte) IPPROTO_TCP)
                .putInt(12, (int) tuple.source().low())
                .putInt(16, (int) tuple.destination().low());
    }

    private static void putV6(ByteBuffer packet, FourTuple tuple) {
        packet.put(0, (byte) (6 << 4))
                .putShort(4, (short) TCP_HEADER)
                .put(6, (byte) IPPROTO_TCP)
                .put(7, (byte) HOPS)
                .putLong(8, tuple.source().high())
                .putLong(16, tuple.source().low())
                .putLong(24, tuple.destination().high())
                .putLong(32, tuple.destination().low());
    }

    /** Over the addresses, the length, the protocol and the segment (RFC 9293, section 3.1); the field itself is 0 yet. */
    private static short checksum(ByteBuffer packet, int addresses, int tcp) {
        int sum = IPPROTO_TCP + packet.capacity() - tcp;
        for (int at = addresses; at < packet.capacity(); at += 2) {
            sum += packet.getShort(at) & 0xFFFF;
        }
        sum = (sum & 0xFFFF) + (sum >>> 16);
        return (short) ~(sum + (sum >>> 16));
    }
}
