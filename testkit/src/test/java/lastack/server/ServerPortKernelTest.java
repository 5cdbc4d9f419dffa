package lastack.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import lastack.model.Family;
import lastack.model.TcpState;
import lastack.testkit.Actor;
import lastack.testkit.ActorSocket;
import lastack.testkit.Namespace;
import lastack.testkit.Sight;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A Java server's port in the company of other programs. */
@Timeout(60)
final class ServerPortKernelTest {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final Duration BRIEFLY = Duration.ofMillis(200);
    private static final Duration LONG = Duration.ofHours(1);

    /** Takes the port and lets it go again, as fast as it can. */
    private static final String FLICKER = """
            import socket
            print("begun", flush=True)
            while True:
                s = socket.socket()
                s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                try:
                    s.bind(("127.0.0.1", 8080))
                    s.listen()
                except OSError:
                    pass
                s.close()
            """;

    private final Namespace namespace = Namespace.open();
    private final Actor program = Actor.in(namespace);

    @AfterEach
    void close() {
        program.close();
        namespace.close();
    }

    private ActorSocket listener() {
        ActorSocket listener = program.socket(Family.INET);
        listener.reuseAddress();
        listener.bind("127.0.0.1", 8080);
        listener.listen(1);
        return listener;
    }

    private void leaveATimeWait() {
        ActorSocket listener = listener();
        ActorSocket client = program.socket(Family.INET);
        client.connect("127.0.0.1", 8080);
        ActorSocket accepted = listener.accept();
        accepted.finish();
        client.shutdownWrite();
        accepted.close();
        listener.close();
    }

    @Test
    void isBoundOverATimeWait() throws Exception {
        leaveATimeWait();

        try (ServerSocket server = namespace.call(() -> ServerPort.of(8080).open())) {
            assertThat(server.getLocalPort()).isEqualTo(8080);
        }
        try (ServerSocketChannel server =
                namespace.call(() -> ServerPort.of(8080).openChannel())) {
            assertThat(server.getLocalAddress()).isEqualTo(new InetSocketAddress("::", 8080));
        }
    }

    @Test
    void failsAtOnceAndNamesTheListenerInTheWay() {
        listener();

        assertThatThrownBy(() -> namespace.call(() -> ServerPort.of(8080).open()))
                .isInstanceOf(PortTakenException.class)
                .hasMessage(
                        "port 8080 is still taken after 0 ms: LISTEN 127.0.0.1:8080 of actor[" + program.pid() + "]");
    }

    @Test
    void waitsForTheSamePort() throws Exception {
        ActorSocket listener = listener();
        long start = System.nanoTime();

        CompletableFuture<Void> release = CompletableFuture.runAsync(
                listener::close, CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS));
        try (ServerSocket server =
                namespace.call(() -> ServerPort.of(LOOPBACK, 8080).waiting(LONG).open())) {
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
            assertThat(server.getLocalPort()).isEqualTo(8080);
        }
        release.join();
    }

    @Test
    void goesOnWaitingWhenThePortWasFreeOnlyForAMoment() throws Exception {
        Process flicker = namespace.start(new ProcessBuilder("python3", "-c", FLICKER));
        try {
            assertThat(flicker.inputReader().readLine()).isEqualTo("begun");
            for (int round = 0; round < 30; round++) {
                try (ServerSocket server = namespace.call(
                        () -> ServerPort.of(LOOPBACK, 8080).waiting(LONG).open())) {
                    assertThat(server.isBound()).isTrue();
                }
            }
        } finally {
            flicker.destroyForcibly().waitFor();
        }
    }

    @Test
    void givesUpWhenTheTimeIsOver() {
        listener();

        assertThatThrownBy(() -> namespace.call(
                        () -> ServerPort.of(8080).waiting(BRIEFLY).openChannel()))
                .isInstanceOfSatisfying(
                        PortTakenException.class, e -> assertThat(e.holders()).hasSize(1))
                .hasMessageContaining("still taken after 200 ms");
    }

    @Test
    void doesNotWaitForAnAddressOfAnotherHost() {
        assertThatThrownBy(() -> namespace.call(() -> ServerPort.of(InetAddress.ofLiteral("10.9.9.9"), 8080)
                        .waiting(LONG)
                        .open()))
                .isInstanceOf(BindException.class)
                .isNotInstanceOf(PortTakenException.class);
    }

    @Test
    void abortedConnectionsEndWithAResetAndLeaveNothing() throws Exception {
        ActorSocket listener = listener();

        ServerPort.abort(namespace.call(() -> new Socket(LOOPBACK, 8080)));
        Sight first = listener.accept().look(1_000);
        ServerPort.abort(namespace.call(() -> SocketChannel.open(new InetSocketAddress(LOOPBACK, 8080))));
        Sight second = listener.accept().look(1_000);

        assertThat(first).isEqualTo(Sight.RESET);
        assertThat(second).isEqualTo(Sight.RESET);
        assertThat(namespace.tcp().count(TcpState.TIME_WAIT)).isZero();
    }
}
