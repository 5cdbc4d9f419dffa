package lastack.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import lastack.testkit.Namespace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers people run lose a socket and go on serving. */
final class ServersIT {
    private static final int PORT = 7000;

    @TempDir
    private Path folder;

    private Namespace namespace;
    private Launcher lastack;

    /** Which server. */
    enum Kind {
        REDIS,
        NGINX;

        Server start(Namespace namespace, Path folder) throws IOException {
            return switch (this) {
                case REDIS -> Server.redis(namespace, PORT, folder);
                case NGINX -> Server.nginx(namespace, PORT, folder);
            };
        }
    }

    @BeforeEach
    void open() {
        namespace = Namespace.open();
        lastack = Launcher.in(namespace);
    }

    @AfterEach
    void close() {
        namespace.close();
    }

    @ParameterizedTest
    @CsvSource({
        "REDIS, shutdown",
        "REDIS, disconnect",
        "REDIS, destroy",
        "REDIS, vanish",
        "REDIS, park",
        "NGINX, shutdown",
        "NGINX, disconnect",
        "NGINX, destroy",
        "NGINX, vanish",
        "NGINX, park"
    })
    void aServerThatLostACloseWaitServesOn(Kind kind, String method) throws IOException {
        try (Server server = kind.start(namespace, folder)) {
            server.loseAClientWhileStopped();

            Run run = lastack.run("close", "--by", method, "--yes", "state", "close-wait", "sport", "=", ":" + PORT);

            assertThat(run.exit()).as(run.out() + run.err()).isZero();
            assertThat(run.out()).contains("removed");
            server.resume();
            assertThat(server.serves()).isTrue();
            assertThat(lastack.run("ls", "-H", "state", "close-wait").out()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatLostAnEstablishedConnectionServesOn(Kind kind) throws IOException {
        try (Server server = kind.start(namespace, folder);
                Socket client = server.client()) {

            Run run = lastack.run("close", "--yes", "state", "established", "sport", "=", ":" + PORT);

            assertThat(run.exit()).as(run.out() + run.err()).isZero();
            assertThat(run.out()).contains("1 matched, 1 removed");
            assertThat(client.isConnected()).isTrue();
            assertThat(server.serves()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aConnectionNobodyAcceptedIsDestroyedAndTheServerServesOn(Kind kind) throws IOException {
        try (Server server = kind.start(namespace, folder)) {
            server.stop();
            server.connect().close();

            Run run = lastack.run("close", "--yes", "state", "close-wait", "unaccepted");

            assertThat(run.exit()).as(run.out() + run.err()).isZero();
            assertThat(run.out()).contains("(not accepted)", "destroy: ", "1 matched, 1 removed");
            server.resume();
            assertThat(server.serves()).isTrue();
        }
    }
}
