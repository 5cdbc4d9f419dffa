package lastack.kernel.packet;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import lastack.kernel.Fd;
import lastack.kernel.Kernel;
import lastack.kernel.KernelException;
import lastack.kernel.Syscall;
import lastack.model.Family;

/**
 * Hands empty segments of one direction of one connection at a time straight to an interface (packet(7), {@code CAP_NET_RAW}).
 *
 * <p>Unlike {@link RawSocket} past IP and all of netfilter: on a router, conntrack and NAT would take a spoofed packet for one of
 * another connection, and change its address or port.
 */
public final class LinkSender implements AutoCloseable {
    private static final int AF_PACKET = 17;
    private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
    private static final int SOCKADDR_LL = 20;
    private static final int ETH_P_IP = 0x0800;
    private static final int ETH_P_IPV6 = 0x86DD;
    private static final int WINDOW = 0xFFFF;
    private static final int V4_HEADER = 20;
    private static final int V4_CHECKSUM = 10;

    private final Fd fd;
    private FourTuple tuple;
    private ByteBuffer to;

    private LinkSender(Fd fd, FourTuple tuple, ByteBuffer to) {
        this.fd = fd;
        this.tuple = tuple;
        this.to = to;
    }

    /** Opens one that sends to this neighbour. */
    public static LinkSender open(FourTuple tuple, NextHop.Neighbour neighbour) throws KernelException {
        // Protocol 0: it receives nothing.
        long result = Kernel.call(Syscall.SOCKET, AF_PACKET, SOCK_DGRAM_CLOEXEC, 0);
        Fd fd = new Fd((int) Kernel.check(result, Syscall.SOCKET, "AF_PACKET"));
        return new LinkSender(fd, tuple, address(tuple.family(), neighbour));
    }

    /** Goes on to another connection; see {@link PacketSocket#turnTo}. */
    public void turnTo(FourTuple other, NextHop.Neighbour neighbour) {
        tuple = other;
        to = address(other.family(), neighbour);
    }

    /** The layout is in {@link PacketSocket}. */
    private static ByteBuffer address(Family family, NextHop.Neighbour neighbour) {
        ByteBuffer address = Kernel.memory(SOCKADDR_LL)
                .putShort(0, (short) AF_PACKET)
                .putInt(4, neighbour.interfaceIndex())
                .put(11, (byte) neighbour.bytes());
        for (int i = 0; i < neighbour.bytes(); i++) {
            address.put(12 + i, (byte) (neighbour.address() >>> (8 * (neighbour.bytes() - 1 - i))));
        }
        int protocol = family == Family.INET ? ETH_P_IP : ETH_P_IPV6;
        return address.order(ByteOrder.BIG_ENDIAN).putShort(2, (short) protocol);
    }

    /**
     * Sends one segment without data.
     *
     * @param sequence its sequence number
     * @param acknowledgement what it acknowledges; 0 without {@link TcpSegment#ACK}
     * @param flags of {@link TcpSegment}
     */
    public void send(int sequence, int acknowledgement, int flags) throws KernelException {
        ByteBuffer packet = TcpSegment.encode(tuple, sequence, acknowledgement, flags, WINDOW);
        if (tuple.family() == Family.INET) {
            packet.putShort(V4_CHECKSUM, headerChecksum(packet));
        }
        long result = Kernel.call(
                Syscall.SENDTO,
                fd.number(),
                Kernel.address(packet),
                packet.capacity(),
                0,
                Kernel.address(to),
                SOCKADDR_LL);
        Reference.reachabilityFence(packet);
        Kernel.check(result, Syscall.SENDTO, tuple.toString());
    }

    /** Nobody fills it in for a packet that does not pass IP. */
    private static short headerChecksum(ByteBuffer packet) {
        int sum = 0;
        for (int at = 0; at < V4_HEADER; at += 2) {
            sum += packet.getShort(at) & 0xFFFF;
        }
        sum = (sum & 0xFFFF) + (sum >>> 16);
        return (short) ~(sum + (sum >>> 16));
    }

    @Override
    public void close() {
        fd.close();
    }
}
