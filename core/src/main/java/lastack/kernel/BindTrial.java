package lastack.kernel;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import lastack.model.Family;
import org.jspecify.annotations.Nullable;

/**
 * Binds a socket of lastack's own as another program's socket is about to be bound, and closes it at once: nothing else says
 * for certain whether the port is free. In the network namespace of the calling thread.
 */
public final class BindTrial {
    /** {@code SOCK_STREAM | SOCK_CLOEXEC}. */
    private static final int STREAM = 0x80001;

    /** {@code struct sockaddr_in6}; the port stands at 2 in every family of TCP. */
    private static final int SOCKADDR_BYTES = 28;

    private BindTrial() {}

    /**
     * Tries it.
     *
     * @param like the socket whose options decide with whom it can share the port
     * @param address the {@code struct sockaddr} it is to be bound to
     * @return why not, or null when it could be bound
     */
    public static @Nullable Errno attempt(SocketFd like, ByteBuffer address) throws KernelException {
        int domain = like.option(SockOpt.SO_DOMAIN);
        long made = Kernel.call(Syscall.SOCKET, domain, STREAM, 0);
        try (Fd fd = new Fd((int) Kernel.check(made, Syscall.SOCKET, "AF " + domain))) {
            SocketFd trial = new SocketFd(fd);
            copy(SockOpt.SO_REUSEADDR, like, trial);
            copy(SockOpt.SO_BINDTOIFINDEX, like, trial);
            copy(SockOpt.IP_FREEBIND, like, trial);
            if (domain == Family.INET6.number()) {
                copy(SockOpt.IPV6_V6ONLY, like, trial);
            }
            long result = Kernel.call(Syscall.BIND, fd.number(), Kernel.address(address), address.limit());
            Reference.reachabilityFence(address);
            return result < 0 ? Kernel.errno(result) : null;
        }
    }

    /** Whether the socket is bound to a port already; then another bind fails whatever is free. */
    public static boolean isBound(Fd socket) throws KernelException {
        ByteBuffer name = Kernel.memory(SOCKADDR_BYTES);
        ByteBuffer length = Kernel.memory(4).putInt(0, SOCKADDR_BYTES);
        long result = Kernel.call(Syscall.GETSOCKNAME, socket.number(), Kernel.address(name), Kernel.address(length));
        Reference.reachabilityFence(length);
        Kernel.check(result, Syscall.GETSOCKNAME, "");
        return name.getShort(2) != 0;
    }

    private static void copy(SockOpt option, SocketFd from, SocketFd to) throws KernelException {
        int value = from.option(option);
        if (value != 0) {
            to.setOption(option, value);
        }
    }
}
