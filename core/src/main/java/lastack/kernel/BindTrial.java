package lastack.kernel;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import lastack.model.Endpoint;
import lastack.model.Family;
import org.jspecify.annotations.Nullable;

/**
 * Binds a socket of lastack's own as a program would, and closes it at once: nothing else says for certain whether the port is
 * free. It never listens, so that no client can come to it. In the network namespace of the calling thread.
 */
public final class BindTrial {
    /** {@code SOCK_STREAM | SOCK_CLOEXEC}. */
    private static final int STREAM = 0x80001;

    /** {@code struct sockaddr_in6}; the port stands at 2 in every family of TCP. */
    private static final int SOCKADDR_BYTES = 28;

    private BindTrial() {}

    /**
     * Tries what another program is about to do.
     *
     * @param program the program's socket, whose options decide with whom it can share the port
     * @param address the {@code struct sockaddr} it is to be bound to
     * @return why not, or null when it could be bound
     */
    public static @Nullable Errno attempt(Fd program, ByteBuffer address) throws KernelException {
        SocketFd like = new SocketFd(program);
        int domain = like.option(SockOpt.SO_DOMAIN);
        long made = Kernel.call(Syscall.SOCKET, domain, STREAM, 0);
        try (Fd fd = new Fd((int) Kernel.check(made, Syscall.SOCKET, "AF " + domain))) {
            SocketFd trial = new SocketFd(fd);
            copy(SockOpt.SO_REUSEADDR, like, trial);
            if (copy(SockOpt.SO_REUSEPORT, like, trial)) {
                copyUser(program, fd);
            }
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

    /**
     * Tries an address with a plain socket; {@code ::} stands for IPv4 too.
     *
     * @param reuse whether with {@code SO_REUSEADDR}
     * @return why not, or null when it could be bound
     */
    public static @Nullable Errno attempt(Endpoint at, boolean reuse) {
        try (SocketFd trial = SocketFd.open(at.address().family())) {
            trial.setOption(SockOpt.SO_REUSEADDR, reuse ? 1 : 0);
            if (at.address().family() == Family.INET6) {
                trial.setOption(SockOpt.IPV6_V6ONLY, 0);
            }
            trial.bind(at);
            return null;
        } catch (KernelException e) {
            return e.errno();
        }
    }

    /** SO_REUSEPORT shares with sockets of the same user only; without the right to change it, that user is lastack's own. */
    private static void copyUser(Fd from, Fd to) {
        try {
            Object user = Files.getAttribute(Path.of(from.path()), "unix:uid");
            if (!user.equals(Files.getAttribute(Path.of(to.path()), "unix:uid"))) {
                Files.setAttribute(Path.of(to.path()), "unix:uid", user);
            }
        } catch (IOException e) {
            return;
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

    /** Whether it is set. */
    private static boolean copy(SockOpt option, SocketFd from, SocketFd to) throws KernelException {
        int value = from.option(option);
        if (value != 0) {
            to.setOption(option, value);
        }
        return value != 0;
    }
}
