package lastack.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicReference;
import lastack.kernel.Errno;
import lastack.kernel.KernelException;
import lastack.kernel.diag.InetDiagMsg;
import lastack.kernel.diag.SockDiag;
import lastack.model.Endpoint;
import lastack.model.Family;
import lastack.model.SocketId;
import lastack.model.TcpState;

/**
 * Finds out whether the kernel can destroy sockets: makes a loopback connection and destroys one end of it.
 *
 * <p>There is no other way to know: a kernel without the option answers EOPNOTSUPP only for a socket that exists.
 */
final class DestroyProbe {
    private DestroyProbe() {}

    static void destroyOwnConnection() throws IOException, KernelException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
                SockDiag diag = SockDiag.open()) {
            diag.destroy(idOf(client, diag));
        }
    }

    private static SocketId idOf(Socket client, SockDiag diag) throws KernelException {
        AtomicReference<SocketId> found = new AtomicReference<>();
        for (Family family : EnumSet.allOf(Family.class)) {
            diag.dump(family, TcpState.ESTABLISHED.bit(), SockDiag.Extent.PLAIN, message -> {
                if (message.localPort() == client.getLocalPort() && message.peerPort() == client.getPort()) {
                    found.set(id(message));
                }
            });
        }
        SocketId id = found.get();
        if (id == null) {
            throw new KernelException("dump", "lastack's own connection", Errno.ENOENT);
        }
        return id;
    }

    private static SocketId id(InetDiagMsg message) {
        return new SocketId(
                message.family(),
                new Endpoint(message.localAddress(), message.localPort()),
                new Endpoint(message.peerAddress(), message.peerPort()),
                message.deviceIndex(),
                message.cookie());
    }
}
