package lastack.endtoend;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import lastack.model.TcpState;
import lastack.testkit.Namespace;

/** What an earlier server leaves on its port: a connection in TIME-WAIT, for a minute. */
final class Leftover {
    private Leftover() {}

    /**
     * Leaves one on 127.0.0.1.
     *
     * @param reuse whether that server had set SO_REUSEADDR; without, nothing can bind to the port before it is gone
     */
    static void timeWait(Namespace namespace, int port, boolean reuse) throws Exception {
        namespace.call(() -> {
            serveOnce(port, reuse);
            return port;
        });
        namespace
                .tcp()
                .await(
                        "TIME-WAIT on port " + port,
                        socket -> socket.state() == TcpState.TIME_WAIT
                                && socket.id().local().port() == port);
    }

    private static void serveOnce(int port, boolean reuse) throws Exception {
        InetSocketAddress address = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
        try (ServerSocket server = new ServerSocket()) {
            server.setReuseAddress(reuse);
            server.bind(address);
            try (Socket client = new Socket(address.getAddress(), port)) {
                server.accept().close();
                client.getInputStream().read();
            }
        }
    }
}
