package lastack.kernel.netlink;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import lastack.kernel.Errno;
import lastack.kernel.Fd;
import lastack.kernel.Kernel;
import lastack.kernel.KernelException;
import lastack.kernel.Syscall;
import org.jspecify.annotations.Nullable;

/** A netlink socket of one protocol, in the network namespace of the thread that opened it. */
public final class NetlinkSocket implements NetlinkLink {
    private static final int AF_NETLINK = 16;
    private static final int SOCK_RAW_CLOEXEC = 3 | 0x80000;
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVBUF = 8;
    private static final int SO_RCVTIMEO = 20;
    private static final int RECEIVE_BUFFER_BYTES = 1 << 20;
    private static final int MSG_TRUNC = 0x20;
    private static final int SIOCGIFNAME = 0x8910;
    private static final int IFREQ_BYTES = 40;
    private static final int IFNAMSIZ = 16;

    private final Fd fd;
    private final String protocol;

    private NetlinkSocket(Fd fd, String protocol) {
        this.fd = fd;
        this.protocol = protocol;
    }

    /**
     * Opens a socket.
     *
     * @param number the protocol's number, {@code NETLINK_*} of {@code linux/netlink.h}
     * @param name its name for messages
     */
    public static NetlinkSocket open(int number, String name) throws KernelException {
        long result = Kernel.call(Syscall.SOCKET, AF_NETLINK, SOCK_RAW_CLOEXEC, number);
        NetlinkSocket socket = new NetlinkSocket(new Fd((int) Kernel.check(result, Syscall.SOCKET, name)), name);
        socket.option(SO_RCVBUF, Kernel.memory(4).putInt(0, RECEIVE_BUFFER_BYTES));
        socket.option(SO_RCVTIMEO, Kernel.memory(16).putLong(0, 5));
        return socket;
    }

    private void option(int name, ByteBuffer value) {
        Kernel.call(Syscall.SETSOCKOPT, fd.number(), SOL_SOCKET, name, Kernel.address(value), value.capacity());
        Reference.reachabilityFence(value);
    }

    @Override
    public void send(ByteBuffer request) throws KernelException {
        long length = request.remaining();
        long start = Kernel.address(request) + request.position();
        long result;
        do {
            result = Kernel.call(Syscall.SENDTO, fd.number(), start, length, 0, 0, 0);
        } while (result == -Errno.EINTR.number());
        Reference.reachabilityFence(request);
        Kernel.check(result, Syscall.SENDTO, protocol);
    }

    @Override
    public void receive(ByteBuffer into) throws KernelException {
        long result;
        do {
            result = Kernel.call(Syscall.RECVFROM, fd.number(), Kernel.address(into), into.capacity(), MSG_TRUNC, 0, 0);
        } while (result == -Errno.EINTR.number());
        Kernel.check(result, Syscall.RECVFROM, protocol);
        if (result > into.capacity()) {
            throw new KernelException("recvfrom", protocol + ": a datagram of " + result + " bytes", Errno.EMSGSIZE);
        }
        into.clear().limit((int) result);
    }

    /**
     * Asks with {@code SIOCGIFNAME} (netdevice(7)), which every socket answers for its own namespace, also about interfaces
     * without an address.
     *
     * <pre>
     * struct ifreq (net/if.h)
     *  0                16        20      40
     *  +----------------+---------+-------+
     *  | name           | ifindex | ...   |
     *  +----------------+---------+-------+
     * </pre>
     */
    @Override
    public @Nullable String deviceName(int index) {
        ByteBuffer request = Kernel.memory(IFREQ_BYTES).putInt(IFNAMSIZ, index);
        long result = Kernel.call(Syscall.IOCTL, fd.number(), SIOCGIFNAME, Kernel.address(request));
        Reference.reachabilityFence(request);
        if (result < 0) {
            return null;
        }
        byte[] name = new byte[IFNAMSIZ];
        request.get(0, name);
        return new String(name, StandardCharsets.UTF_8).split("\0", 2)[0];
    }

    @Override
    public void close() {
        fd.close();
    }
}
