package lastack.kernel.net;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.Optional;
import lastack.kernel.Errno;
import lastack.kernel.Fd;
import lastack.kernel.Kernel;
import lastack.kernel.KernelException;
import lastack.kernel.SocketFd;
import lastack.kernel.Syscall;
import lastack.model.Endpoint;
import lastack.model.IpAddress;

/**
 * Finds out whether a new connection would get a local port, without sending a packet: a socket in {@code TCP_REPAIR}
 * (Linux 3.5, {@code CAP_NET_ADMIN}) chooses its port as any other does, is connected at once, and vanishes silently.
 *
 * <p>Like any connection it takes over a port in TIME-WAIT where {@code tcp_tw_reuse} allows that, and thereby ends that
 * socket: only for destinations where there is none such.
 */
public final class ConnectTrial {
    private static final int IPPROTO_IP = 0;
    private static final int IP_BIND_ADDRESS_NO_PORT = 24;

    private ConnectTrial() {}

    /**
     * Tries it in the calling thread's namespace.
     *
     * @param from the local address
     * @param to the destination
     * @return the error number, 0 when it can connect; empty when it may not be tried
     */
    public static Optional<Errno> connect(IpAddress from, Endpoint to) {
        try (Fd fd = BindTrial.socket(from.unmapped().family());
                SocketFd socket = new SocketFd(fd)) {
            socket.repair(true);
            BindTrial.set(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT);
            Kernel.check(-BindTrial.bind(fd, new Endpoint(from, 0)).number(), Syscall.BIND, from.toString());
            ByteBuffer address = BindTrial.sockaddr(to);
            long result = Kernel.call(Syscall.CONNECT, fd.number(), Kernel.address(address), address.capacity());
            Reference.reachabilityFence(address);
            return Optional.of(Kernel.errno(Math.min(0, result)));
        } catch (KernelException e) {
            return Optional.empty();
        }
    }
}
