package lastack.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import lastack.testkit.Namespace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user without any capability may do with sockets of his own, and of others. */
final class PlainUserIT {
    private static final int PORT = 9999;

    @TempDir
    private static Path copy;

    private Namespace namespace;
    private Launcher lastack;

    @BeforeAll
    static void installForEveryUser() throws IOException {
        Launcher.copyTo(copy);
    }

    @BeforeEach
    void open() {
        namespace = Namespace.open();
        lastack = Launcher.in(namespace).from(copy).behind(Server.asPlainUser().toArray(String[]::new));
    }

    @AfterEach
    void close() {
        namespace.close();
    }

    @Test
    void theCopyWithoutSourcesStartsAndBuildsNothing() {
        Run run = lastack.run("--version");

        assertThat(run.exit()).isZero();
        assertThat(run.out()).startsWith("lastack ");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void seesTheOwnerOfHisOwnSocket() throws IOException {
        try (Server nc = Server.ncOfPlainUser(namespace, PORT)) {
            nc.loseAClientWhileStopped();

            Run run = lastack.run("ls", "-H", "state", "close-wait");

            assertThat(run.exit()).isZero();
            assertThat(run.out()).contains("nc[" + nc.pid() + "] fd ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "shutdown", "disconnect", "park", "fd", "kill"})
    void removesHisOwnSocket(String method) throws IOException {
        try (Server nc = Server.ncOfPlainUser(namespace, PORT)) {
            nc.loseAClientWhileStopped();

            Run run = lastack.run("close", "--by", method, "--yes", "state", "close-wait");

            assertThat(run.exit()).as(run.out() + run.err()).isZero();
            assertThat(run.out()).contains("1 matched, 1 removed");
            assertThat(lastack.run("ls", "-H", "state", "close-wait").out()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"destroy", "vanish"})
    void isToldWhichCapabilityAMethodNeeds(String method) throws IOException {
        try (Server nc = Server.ncOfPlainUser(namespace, PORT)) {
            nc.loseAClientWhileStopped();

            Run run = lastack.run("close", "--by", method, "--yes", "state", "close-wait");

            assertThat(run.exit()).isEqualTo(4);
            assertThat(run.out()).contains("refused", "CAP_NET_ADMIN");
            assertThat(lastack.run("ls", "-H", "state", "close-wait").lines()).hasSize(1);
        }
    }

    @Test
    void isToldThatTheOwnerOfAnothersSocketCannotBeSeen() throws IOException {
        try (Server nc = Server.nc(namespace, PORT)) {
            nc.loseAClientWhileStopped();

            Run run = lastack.run("ls", "-H", "state", "close-wait");

            assertThat(run.exit()).isZero();
            assertThat(run.out()).contains("(not visible)").doesNotContain("nc[");
            assertThat(run.err()).contains("CAP_SYS_PTRACE");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "shutdown", "destroy", "disconnect", "vanish", "park", "fd", "term", "kill"})
    void cannotRemoveAnothersSocketAndIsToldWhatWouldHelp(String method) throws IOException {
        try (Server nc = Server.nc(namespace, PORT)) {
            nc.loseAClientWhileStopped();

            Run run = lastack.run("close", "--by", method, "--yes", "--format", "json", "state", "close-wait");

            assertThat(run.exit()).isEqualTo(4);
            JsonObject result = run.json().getAsJsonArray("results").get(0).getAsJsonObject();
            assertThat(result.get("outcome").getAsString()).isEqualTo("refused");
            assertThat(result.get("error").getAsString()).isEqualTo("EPERM");
            assertThat(result.get("why").getAsString()).contains("CAP_");
            assertThat(run.err()).contains("CAP_SYS_PTRACE");
            assertThat(nc.state()).isEqualTo('T');
            assertThat(lastack.run("ls", "-H", "state", "close-wait").lines()).hasSize(1);
        }
    }

    @Test
    void isToldThatOtherNamespacesCannotBeSeen() {
        Run run = lastack.run();

        assertThat(run.exit()).isZero();
        assertThat(run.err()).contains("network namespace", "CAP_SYS_PTRACE");
    }

    @Test
    void runsProgramsWithForcedOptionsAndIsToldWhatThatCosts() {
        String bind = "import socket; s = socket.socket(); s.bind(('127.0.0.1', 9999));"
                + " print(s.getsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR))";

        Run run = lastack.run("run", "--bind", "reuse", "--", "python3", "-c", bind);

        assertThat(run.exit()).isZero();
        assertThat(run.out()).isEqualTo("1\n");
        assertThat(run.err()).contains("no_new_privs");
    }

    @Test
    void cannotEnterAnothersNamespaceAndIsToldWhatWouldHelp() throws IOException {
        try (Server nc = Server.nc(namespace, PORT)) {

            Run run = lastack.run("ls", "--netns", Integer.toString(nc.pid()));

            assertThat(run.exit()).isEqualTo(4);
            assertThat(run.out()).isEmpty();
            assertThat(run.err()).contains("EACCES", "run as root");
        }
    }
}
