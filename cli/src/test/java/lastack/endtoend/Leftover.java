package lastack.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
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

    /** A program that does not close what its peer has closed; it holds nothing else on the port. */
    static Holder closeWait(Namespace namespace, int port) throws IOException {
        return closeWait(namespace, port, List.of());
    }

    /** The same behind the words of another program. */
    static Holder closeWait(Namespace namespace, int port, List<String> before) throws IOException {
        String program = """
                import socket, time
                listener = socket.socket()
                listener.bind(("127.0.0.1", %d))
                listener.listen()
                client = socket.create_connection(listener.getsockname())
                held = listener.accept()[0]
                listener.close()
                client.close()
                held.recv(1)
                print("held", flush=True)
                time.sleep(600)
                """.formatted(port);
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of("env", "PATH=/usr/bin:/bin", "python3", "-c", program));
        Process holder = namespace.start(new ProcessBuilder(command));
        assertThat(holder.inputReader().readLine()).isEqualTo("held");
        return new Holder(holder);
    }

    /** A program that has such a leftover in its hands, until it is closed. */
    record Holder(Process process) implements AutoCloseable {
        boolean isAlive() {
            return process.isAlive();
        }

        @Override
        public void close() {
            process.destroyForcibly().onExit().join();
        }
    }

    /** No packet arrives any more: every peer's host is as good as gone. */
    static void dropEverything(Namespace namespace) {
        namespace.exec(
                "nft", "add table ip gone; add chain ip gone in { type filter hook input priority 0; policy drop; }");
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
