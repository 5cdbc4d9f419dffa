package lastack.kernel.packet;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import lastack.kernel.Errno;
import lastack.kernel.Fd;
import lastack.kernel.Kernel;
import lastack.kernel.KernelException;
import lastack.kernel.Syscall;
import lastack.model.Family;

/**
 * Sends empty segments of one direction of one connection, whoever their source is, from the network namespace of the
 * thread that opens it (raw(7), {@code CAP_NET_RAW}).
 *
 * <p>The kernel routes each as it would one of its own: to this host over loopback, to others through their gateway. What is sent to
 * this host is delivered by that route, so that no check of the source (rp_filter, martians) can refuse a foreign one.
 *
 * <pre>
 * struct sockaddr_in (netinet/in.h)          struct sockaddr_in6
 *  0        2      4       8                  0        2      4      8      24      28
 *  +--------+------+-------+------            +--------+------+------+------+-------+
 *  | family | port | addr  | zero             | family | port | flow | addr | scope |
 *  +--------+------+-------+------            +--------+------+------+------+-------+
 * </pre>
 */
public final class RawSocket implements AutoCloseable {
    private static final int SOCK_RAW_CLOEXEC = 3 | 0x80000;
    /** Sends what it is given as the whole packet, for IPv4 and for IPv6; receives nothing. */
    private static final int IPPROTO_RAW = 255;

    private static final int SOL_SOCKET = 1;
    private static final int SO_MARK = 36;
    private static final int SO_BINDTOIFINDEX = 62;
    private static final int SOCKADDR_IN = 16;
    private static final int SOCKADDR_IN6 = 28;
    private static final int WINDOW = 0xFFFF;

    private final Fd fd;
    private final FourTuple tuple;
    private final ByteBuffer destination;

    private RawSocket(Fd fd, FourTuple tuple, ByteBuffer destination) {
        this.fd = fd;
        this.tuple = tuple;
        this.destination = destination;
    }

    /**
     * Opens a socket.
     *
     * @param interfaceIndex the interface the connection is bound to ({@code idiag_if}), 0 for none
     * @param mark the connection's firewall mark, for the routing rules that look at it; 0 for none
     * @throws KernelException EPERM without {@code CAP_NET_RAW}
     */
    public static RawSocket open(FourTuple tuple, int interfaceIndex, int mark) throws KernelException {
        int family = tuple.family().number();
        long result = Kernel.call(Syscall.SOCKET, family, SOCK_RAW_CLOEXEC, IPPROTO_RAW);
        Fd fd = new Fd((int) Kernel.check(result, Syscall.SOCKET, "IPPROTO_RAW"));
        try {
            setIfAny(fd, SO_BINDTOIFINDEX, "SO_BINDTOIFINDEX", interfaceIndex);
            setIfAny(fd, SO_MARK, "SO_MARK", mark);
            bindIfLocal(
                    fd,
                    address(
                            tuple.family(),
                            tuple.source().high(),
                            tuple.source().low(),
                            interfaceIndex));
            ByteBuffer to = address(
                    tuple.family(),
                    tuple.destination().high(),
                    tuple.destination().low(),
                    interfaceIndex);
            return new RawSocket(fd, tuple, to);
        } catch (KernelException e) {
            fd.close();
            throw e;
        }
    }

    private static void setIfAny(Fd fd, int option, String name, int number) throws KernelException {
        if (number != 0) {
            ByteBuffer value = Kernel.memory(4).putInt(0, number);
            long result = Kernel.call(Syscall.SETSOCKOPT, fd.number(), SOL_SOCKET, option, Kernel.address(value), 4);
            Reference.reachabilityFence(value);
            Kernel.check(result, Syscall.SETSOCKOPT, name);
        }
    }

    /** So that routing rules on the source are kept to; an address of another host cannot be bound, and need not be. */
    private static void bindIfLocal(Fd fd, ByteBuffer source) throws KernelException {
        long result = Kernel.call(Syscall.BIND, fd.number(), Kernel.address(source), source.capacity());
        Reference.reachabilityFence(source);
        if (result != -Errno.EADDRNOTAVAIL.number()) {
            Kernel.check(result, Syscall.BIND, "IPPROTO_RAW");
        }
    }

    /** Its port stays 0: a raw socket has none, and IPv6 takes another number for a protocol. */
    private static ByteBuffer address(Family family, long high, long low, int scope) {
        boolean v4 = family == Family.INET;
        ByteBuffer address = Kernel.memory(v4 ? SOCKADDR_IN : SOCKADDR_IN6).putShort(0, (short) family.number());
        address.order(ByteOrder.BIG_ENDIAN);
        if (v4) {
            return address.putInt(4, (int) low);
        }
        address.putLong(8, high).putLong(16, low);
        return address.order(ByteOrder.nativeOrder()).putInt(24, scope);
    }

    /**
     * Sends one segment without data.
     *
     * @param sequence its sequence number
     * @param acknowledgement what it acknowledges; 0 without {@link TcpSegment#ACK}
     * @param flags of {@link TcpSegment}
     * @throws KernelException ENETUNREACH, EHOSTUNREACH, ENETDOWN where no route leads there; EPERM where a firewall forbids it
     */
    public void send(int sequence, int acknowledgement, int flags) throws KernelException {
        ByteBuffer packet = TcpSegment.encode(tuple, sequence, acknowledgement, flags, WINDOW);
        long result;
        do {
            result = Kernel.call(
                    Syscall.SENDTO,
                    fd.number(),
                    Kernel.address(packet),
                    packet.capacity(),
                    0,
                    Kernel.address(destination),
                    destination.capacity());
        } while (result == -Errno.EINTR.number());
        Reference.reachabilityFence(packet);
        Kernel.check(result, Syscall.SENDTO, tuple.toString());
    }

    @Override
    public void close() {
        fd.close();
    }
}
