package lastack.kernel.net;

import java.util.Optional;
import lastack.kernel.Errno;
import lastack.kernel.KernelException;
import lastack.kernel.SockOpt;
import lastack.kernel.SocketFd;
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
    private ConnectTrial() {}

    /**
     * Tries it in the calling thread's namespace.
     *
     * @param from the local address
     * @param to the destination
     * @return the error number, 0 when it can connect; empty when it may not be tried
     */
    public static Optional<Errno> connect(IpAddress from, Endpoint to) {
        try (SocketFd socket = SocketFd.open(from.unmapped().family())) {
            socket.repair(true);
            socket.setOption(SockOpt.IP_BIND_ADDRESS_NO_PORT, 1);
            socket.bind(new Endpoint(from.unmapped(), 0));
            return Optional.of(socket.connect(new Endpoint(to.address().unmapped(), to.port())));
        } catch (KernelException e) {
            return Optional.empty();
        }
    }
}
