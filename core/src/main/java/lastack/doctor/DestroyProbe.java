package lastack.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import lastack.kernel.Errno;
import lastack.kernel.KernelException;
import lastack.kernel.diag.InetDiagMsg;
import lastack.kernel.diag.SockDiag;
import lastack.model.Endpoint;
import lastack.model.Family;
import lastack.model.IpAddress;
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
        List<SocketId> found = new ArrayList<>();
        for (Family family : EnumSet.allOf(Family.class)) {
            diag.dump(family, TcpState.ESTABLISHED.bit(), SockDiag.Extent.PLAIN, message -> {
                if (isOf(client, message)) {
                    found.add(id(message));
                }
            });
        }
        if (found.size() != 1) {
            throw new KernelException("dump", "lastack's own connection", Errno.ENOENT);
        }
        return found.getFirst();
    }

    /** Ports alone would do for a stranger's connection too, between other addresses. */
    private static boolean isOf(Socket client, InetDiagMsg message) {
        return message.localPort() == client.getLocalPort()
                && message.peerPort() == client.getPort()
                && isSame(client.getLocalAddress(), message.localAddress())
                && isSame(client.getInetAddress(), message.peerAddress());
    }

    private static boolean isSame(InetAddress own, IpAddress seen) {
        return IpAddress.of(own).unmapped().equals(seen.unmapped());
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
