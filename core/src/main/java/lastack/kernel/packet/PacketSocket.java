package lastack.kernel.packet;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import lastack.kernel.BpfProgram;
import lastack.kernel.Errno;
import lastack.kernel.Fd;
import lastack.kernel.Kernel;
import lastack.kernel.KernelException;
import lastack.kernel.Syscall;
import org.jspecify.annotations.Nullable;

/**
 * Captures one direction of one connection at a time, in the network namespace of the thread that opens it (packet(7), {@code CAP_NET_RAW}).
 *
 * <p>A {@code SOCK_DGRAM} socket begins each packet with its IP header whatever the interface is: ethernet, loopback, tunnel.
 *
 * <pre>
 * struct sockaddr_ll (linux/if_packet.h); the protocol in network order
 *  0        2          4         8        10        11      12       20
 *  +--------+----------+---------+--------+---------+-------+--------+
 *  | family | protocol | ifindex | hatype | pkttype | halen | addr   |
 *  +--------+----------+---------+--------+---------+-------+--------+
 * </pre>
 */
public final class PacketSocket implements AutoCloseable {
    /** Every interface of the namespace, so that no route need be guessed. */
    public static final int EVERY_INTERFACE = 0;

    private static final int AF_PACKET = 17;
    private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
    private static final int ETH_P_ALL = 3;
    private static final int SOL_SOCKET = 1;
    private static final int SO_ATTACH_FILTER = 26;
    private static final int SOCKADDR_LL = 20;
    private static final int MSG_DONTWAIT = 0x40;
    private static final short POLLIN = 1;
    private static final int POLLFD_EVENTS = 4;
    private static final long NANOS = 1_000_000_000L;

    private final Fd fd;
    private final Direction direction;
    private FourTuple tuple;
    private final ByteBuffer received = Kernel.memory(TcpSegment.MOST_HEADER_BYTES);
    private final TcpSegment segment = new TcpSegment(received);

    /** Which of the packets that pass an interface; loopback shows each one twice, as sent and as received. */
    public enum Direction {
        /** Those this host sends out, its own and those it forwards. */
        SENT,
        /** Those that come in. */
        RECEIVED
    }

    private PacketSocket(Fd fd, FourTuple tuple, Direction direction) {
        this.fd = fd;
        this.tuple = tuple;
        this.direction = direction;
    }

    /**
     * Opens a socket that has caught nothing else: it is not bound, and so hears nothing, before its filter is attached.
     *
     * @param interfaceIndex the only interface to listen on, or {@link #EVERY_INTERFACE}
     * @throws KernelException EPERM without {@code CAP_NET_RAW}; EAFNOSUPPORT where the kernel has no packet sockets
     */
    public static PacketSocket open(FourTuple tuple, Direction direction, int interfaceIndex) throws KernelException {
        long result = Kernel.call(Syscall.SOCKET, AF_PACKET, SOCK_DGRAM_CLOEXEC, 0);
        Fd fd = new Fd((int) Kernel.check(result, Syscall.SOCKET, "AF_PACKET"));
        try {
            attach(fd, PacketFilter.of(tuple, direction));
            bind(fd, interfaceIndex);
            return new PacketSocket(fd, tuple, direction);
        } catch (KernelException e) {
            fd.close();
            throw e;
        }
    }

    /** Goes on to another connection: to close a packet socket takes the kernel some milliseconds (an RCU grace period), this none. */
    public void turnTo(FourTuple other) throws KernelException {
        attach(fd, PacketFilter.of(other, direction));
        tuple = other;
    }

    private static void attach(Fd fd, BpfProgram program) throws KernelException {
        long result = program.give(header ->
                Kernel.call(Syscall.SETSOCKOPT, fd.number(), SOL_SOCKET, SO_ATTACH_FILTER, header, BpfProgram.HEADER));
        Kernel.check(result, Syscall.SETSOCKOPT, "SO_ATTACH_FILTER");
    }

    private static void bind(Fd fd, int interfaceIndex) throws KernelException {
        ByteBuffer address = Kernel.memory(SOCKADDR_LL).putShort(0, (short) AF_PACKET);
        address.order(ByteOrder.BIG_ENDIAN).putShort(2, (short) ETH_P_ALL);
        address.order(ByteOrder.nativeOrder()).putInt(4, interfaceIndex);
        long result = Kernel.call(Syscall.BIND, fd.number(), Kernel.address(address), SOCKADDR_LL);
        Reference.reachabilityFence(address);
        Kernel.check(result, Syscall.BIND, "AF_PACKET on interface " + interfaceIndex);
    }

    /**
     * Waits for the next segment.
     *
     * @param deadline as {@link System#nanoTime}; one that is over still hands out what has come already
     * @return the segment, valid until the next call; null when none came in time
     */
    public @Nullable TcpSegment receive(long deadline) throws KernelException {
        while (true) {
            int length = receiveNow();
            if (length >= 0 && segment.wrap(Math.min(length, received.capacity())) && isMeant()) {
                return segment;
            }
            if (length < 0 && !awaitOne(deadline)) {
                return null;
            }
        }
    }

    /** What was caught before {@link #turnTo} may still be in the queue. */
    private boolean isMeant() {
        return segment.tuple().equals(tuple);
    }

    /** The length of a packet, of which the buffer holds the headers; -1 when there is none. */
    private int receiveNow() throws KernelException {
        long result = Kernel.call(
                Syscall.RECVFROM, fd.number(), Kernel.address(received), received.capacity(), MSG_DONTWAIT, 0, 0);
        if (result == -Errno.EAGAIN.number() || result == -Errno.EINTR.number()) {
            return -1;
        }
        return (int) Kernel.check(result, Syscall.RECVFROM, "AF_PACKET");
    }

    /** False when the deadline is over. */
    private boolean awaitOne(long deadline) throws KernelException {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
            return false;
        }
        ByteBuffer descriptor = Kernel.memory(8).putInt(0, fd.number()).putShort(POLLFD_EVENTS, POLLIN);
        ByteBuffer time = Kernel.memory(16).putLong(0, left / NANOS).putLong(8, left % NANOS);
        long result = Kernel.call(Syscall.PPOLL, Kernel.address(descriptor), 1, Kernel.address(time), 0, 0);
        Reference.reachabilityFence(descriptor);
        Reference.reachabilityFence(time);
        if (result != -Errno.EINTR.number()) {
            Kernel.check(result, Syscall.PPOLL, "AF_PACKET");
        }
        return true;
    }

    @Override
    public void close() {
        fd.close();
    }
}
