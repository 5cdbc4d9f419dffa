package lastack.kernel;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import lastack.model.Endpoint;
import lastack.model.Family;
import lastack.model.IpAddress;

/** What can be asked of and done to a socket through a descriptor of lastack's own, such as a duplicate. */
public final class SocketFd implements AutoCloseable {
    private static final int SOL_SOCKET = 1;
    private static final int SO_COOKIE = 57;
    private static final int SHUT_RDWR = 2;
    private static final int AF_UNSPEC = 0;
    private static final int IPPROTO_TCP = 6;
    private static final int TCP_REPAIR = 19;
    private static final int TCP_REPAIR_QUEUE = 20;
    private static final int TCP_QUEUE_SEQ = 21;
    private static final int TCP_NO_QUEUE = 0;
    private static final int TCP_RECV_QUEUE = 1;
    private static final int TCP_SEND_QUEUE = 2;
    private static final int SIOCOUTQNSD = 0x894B;
    private static final int SOCKADDR_BYTES = 16;
    private static final int SOCKADDR_IN6_BYTES = 28;

    /** {@code SOCK_STREAM | SOCK_CLOEXEC}, the same on both machines. */
    private static final int STREAM = 0x80001;

    private final Fd fd;

    /** Takes over an open descriptor. */
    public SocketFd(Fd fd) {
        this.fd = fd;
    }

    /** Makes a TCP socket; EAFNOSUPPORT where the kernel has no such family. */
    public static SocketFd open(Family family) throws KernelException {
        long result = Kernel.call(Syscall.SOCKET, family.number(), STREAM, IPPROTO_TCP);
        return new SocketFd(new Fd((int) Kernel.check(result, Syscall.SOCKET, family.label())));
    }

    /** Binds it to an address of its family and a port. */
    public void bind(Endpoint end) throws KernelException {
        ByteBuffer address = sockaddr(end);
        long result = Kernel.call(Syscall.BIND, fd.number(), Kernel.address(address), address.capacity());
        Reference.reachabilityFence(address);
        Kernel.check(result, Syscall.BIND, end.toString());
    }

    /** Connects it to an address of its family; the error number, 0 when it is connected. */
    public Errno connect(Endpoint end) {
        ByteBuffer address = sockaddr(end);
        long result = Kernel.call(Syscall.CONNECT, fd.number(), Kernel.address(address), address.capacity());
        Reference.reachabilityFence(address);
        return Kernel.errno(Math.min(0, result));
    }

    /** {@code struct sockaddr_in} or {@code sockaddr_in6}: family, port, address, the latter two in network order. */
    private static ByteBuffer sockaddr(Endpoint end) {
        IpAddress host = end.address();
        boolean v4 = host.family() == Family.INET;
        ByteBuffer address = Kernel.memory(v4 ? SOCKADDR_BYTES : SOCKADDR_IN6_BYTES)
                .putShort(0, (short) host.family().number())
                .order(ByteOrder.BIG_ENDIAN)
                .putShort(2, (short) end.port());
        return v4
                ? address.putInt(4, (int) host.low())
                : address.putLong(8, host.high()).putLong(16, host.low());
    }

    /** The socket's cookie, the same number sock_diag reports; throws ENOTSOCK for anything but a socket. */
    public long cookie() throws KernelException {
        ByteBuffer value = Kernel.memory(8);
        ByteBuffer length = Kernel.memory(4).putInt(0, 8);
        long result = Kernel.call(
                Syscall.GETSOCKOPT, fd.number(), SOL_SOCKET, SO_COOKIE, Kernel.address(value), Kernel.address(length));
        Reference.reachabilityFence(length);
        Kernel.check(result, Syscall.GETSOCKOPT, "SO_COOKIE");
        return value.getLong(0);
    }

    /** Ends both directions; in CLOSE-WAIT the peer gets a FIN. */
    public void shutdown() throws KernelException {
        Kernel.check(Kernel.call(Syscall.SHUTDOWN, fd.number(), SHUT_RDWR), Syscall.SHUTDOWN, "");
    }

    /** Breaks the connection ({@code connect} to {@code AF_UNSPEC}, {@code tcp_disconnect} in the kernel): the peer gets a RST. */
    public void disconnect() throws KernelException {
        ByteBuffer unspecified = Kernel.memory(SOCKADDR_BYTES).putShort(0, (short) AF_UNSPEC);
        long result = Kernel.call(Syscall.CONNECT, fd.number(), Kernel.address(unspecified), SOCKADDR_BYTES);
        Reference.reachabilityFence(unspecified);
        Kernel.check(result, Syscall.CONNECT, "AF_UNSPEC");
    }

    /** Turns the silent mode of {@code TCP_REPAIR} on or off (Linux 3.5, {@code CAP_NET_ADMIN}). */
    public void repair(boolean on) throws KernelException {
        tcpOption(TCP_REPAIR, "TCP_REPAIR", on ? 1 : -1);
    }

    private void tcpOption(int option, String name, int number) throws KernelException {
        ByteBuffer value = Kernel.memory(4).putInt(0, number);
        long result = Kernel.call(Syscall.SETSOCKOPT, fd.number(), IPPROTO_TCP, option, Kernel.address(value), 4);
        Reference.reachabilityFence(value);
        Kernel.check(result, Syscall.SETSOCKOPT, name);
    }

    /**
     * The sequence numbers of a connection.
     *
     * @param sendNext of the next byte it will send ({@code snd_nxt}); in SYN-SENT the one behind its SYN
     * @param receiveNext of the next byte it expects ({@code rcv_nxt}); 0 in SYN-SENT
     */
    public record Sequences(int sendNext, int receiveNext) {}

    /** Reads the sequence numbers without a packet, by {@code TCP_REPAIR} for a moment ({@code CAP_NET_ADMIN}); EPERM of a listener. */
    public Sequences sequences() throws KernelException {
        Sequences[] numbers = new Sequences[1];
        repairing(() -> {
            int receiveNext = queueEnd(TCP_RECV_QUEUE);
            numbers[0] = new Sequences(queueEnd(TCP_SEND_QUEUE) - unsentBytes(), receiveNext);
        });
        return numbers[0];
    }

    /** What to do with a socket in {@code TCP_REPAIR}. */
    public interface Work {
        /** Does it. */
        void run() throws KernelException;
    }

    /**
     * Does the work while the socket is in {@code TCP_REPAIR}, and leaves it as it was: the kernel takes {@code SO_REUSEADDR} away from a
     * socket that leaves that mode (Linux 3.5 to 6.18), which would keep its program, or the next one, from the port.
     */
    public void repairing(Work work) throws KernelException {
        int reuse = option(SockOpt.SO_REUSEADDR);
        repair(true);
        try {
            work.run();
        } finally {
            repair(false);
            setOption(SockOpt.SO_REUSEADDR, reuse);
        }
    }

    /**
     * The send queue's end is {@code write_seq}, also of what was never sent.
     *
     * <p>No queue stays chosen: what the program sent meanwhile would go into that one, in the worst case for itself to receive.
     */
    private int queueEnd(int queue) throws KernelException {
        tcpOption(TCP_REPAIR_QUEUE, "TCP_REPAIR_QUEUE", queue);
        try {
            return queueSequence();
        } finally {
            tcpOption(TCP_REPAIR_QUEUE, "TCP_REPAIR_QUEUE", TCP_NO_QUEUE);
        }
    }

    private int queueSequence() throws KernelException {
        ByteBuffer value = Kernel.memory(4);
        ByteBuffer length = Kernel.memory(4).putInt(0, 4);
        long result = Kernel.call(
                Syscall.GETSOCKOPT,
                fd.number(),
                IPPROTO_TCP,
                TCP_QUEUE_SEQ,
                Kernel.address(value),
                Kernel.address(length));
        Reference.reachabilityFence(length);
        Kernel.check(result, Syscall.GETSOCKOPT, "TCP_QUEUE_SEQ");
        return value.getInt(0);
    }

    private int unsentBytes() throws KernelException {
        ByteBuffer value = Kernel.memory(4);
        long result = Kernel.call(Syscall.IOCTL, fd.number(), SIOCOUTQNSD, Kernel.address(value));
        Reference.reachabilityFence(value);
        Kernel.check(result, Syscall.IOCTL, "SIOCOUTQNSD");
        return value.getInt(0);
    }

    /** The value of an option that is one int. */
    public int option(SockOpt option) throws KernelException {
        return option(option, 1)[0];
    }

    /** The value of an option that is a struct of so many ints. */
    public int[] option(SockOpt option, int ints) throws KernelException {
        ByteBuffer value = Kernel.memory(4 * ints);
        ByteBuffer length = Kernel.memory(4).putInt(0, 4 * ints);
        long result = Kernel.call(
                Syscall.GETSOCKOPT,
                fd.number(),
                option.level(),
                option.number(),
                Kernel.address(value),
                Kernel.address(length));
        Reference.reachabilityFence(length);
        Kernel.check(result, Syscall.GETSOCKOPT, option.name());
        int[] values = new int[ints];
        value.asIntBuffer().get(values);
        return values;
    }

    /** Sets an option that is one int, or a struct of several. */
    public void setOption(SockOpt option, int... values) throws KernelException {
        ByteBuffer value = Kernel.memory(4 * values.length);
        value.asIntBuffer().put(values);
        long result = Kernel.call(
                Syscall.SETSOCKOPT,
                fd.number(),
                option.level(),
                option.number(),
                Kernel.address(value),
                value.capacity());
        Reference.reachabilityFence(value);
        Kernel.check(result, Syscall.SETSOCKOPT, option.name());
    }

    @Override
    public void close() {
        fd.close();
    }
}
