package lastack.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import lastack.model.TcpState;
import lastack.testkit.Namespace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code lastack free}: a port becomes bindable, and nothing alive is hurt for it. */
final class FreeIT {
    private final Namespace namespace = Namespace.open();
    private final Launcher lastack = Launcher.in(namespace);

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        namespace.close();
    }

    /** A server that was restarted without SO_REUSEADDR: its client's goodbye came second, so TIME-WAIT is on its port. */
    private void leaveATimeWait(int port) throws Exception {
        try (Server redis = Server.redis(namespace, port, folder);
                Socket client = redis.client()) {
            client.getOutputStream().write("QUIT\r\n".getBytes(StandardCharsets.US_ASCII));
            namespace.tcp().await("FIN-WAIT-2", socket -> socket.state() == TcpState.FIN_WAIT_2);
        }
        namespace.tcp().await("TIME-WAIT", socket -> socket.state() == TcpState.TIME_WAIT);
    }

    private boolean pythonCanBind(int port) {
        String program = "import socket,sys\ntry: socket.socket().bind((\"\"," + port
                + "))\nexcept OSError as e: print(e.errno)";
        return namespace.exec("python3", "-c", program).isEmpty();
    }

    @Test
    void aRestartedServerGetsItsPortBack() throws Exception {
        leaveATimeWait(6379);
        boolean before = pythonCanBind(6379);

        Run run = lastack.run("free", "--yes", "6379");

        assertThat(before).isFalse();
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out())
                .contains(
                        "bind 0.0.0.0:6379: EADDRINUSE; with SO_REUSEADDR: works",
                        "removed      TIME-WAIT",
                        "(orphan)",
                        "now bind 0.0.0.0:6379: works",
                        "now bind [::]:6379: works");
        assertThat(pythonCanBind(6379)).isTrue();
    }

    @Test
    void neverTakesThePortFromALivingServer() throws Exception {
        try (Server redis = Server.redis(namespace, 6379, folder);
                Socket _ = redis.client()) {

            Run run = lastack.run("free", "--yes", "6379");

            assertThat(run.exit()).isEqualTo(1);
            assertThat(run.out())
                    .contains(
                            "skipped      LISTEN",
                            "--listeners allows it",
                            "skipped      ESTAB",
                            "--established ends it too",
                            "redis-server[" + redis.pid() + "]",
                            "now bind 0.0.0.0:6379: EADDRINUSE; with SO_REUSEADDR: EADDRINUSE");
            assertThat(redis.serves()).isTrue();
        }
    }

    @Test
    void takesThePortOfALivingServerWhenThatIsSaid() throws Exception {
        try (Server redis = Server.redis(namespace, 6379, folder);
                Socket _ = redis.client()) {

            Run run = lastack.run("free", "--yes", "--listeners", "--established", "6379");

            assertThat(run.exit()).as(run.out() + run.err()).isZero();
            assertThat(run.out()).contains("/dev/null over fd", "now bind [::]:6379: works");
            assertThat(pythonCanBind(6379)).isTrue();
            assertThat(redis.isAlive()).isTrue();
        }
    }

    @Test
    void endsCloseWaitsOfAStoppedServerAndKeepsItsListener() throws Exception {
        try (Server nginx = Server.nginx(namespace, 8080, folder)) {
            nginx.loseAClientWhileStopped();

            Run run = lastack.run("free", "--yes", "8080");

            assertThat(run.exit()).isEqualTo(1);
            assertThat(run.out())
                    .contains("removed      CLOSE-WAIT", "skipped      LISTEN")
                    .contains("what is in the way now: lastack free --dry-run 8080");
            nginx.resume();
            assertThat(nginx.serves()).isTrue();
        }
    }

    @Test
    void endsACloseWaitWhosePeersHostIsGone() throws Exception {
        try (Leftover.Holder holder = Leftover.closeWait(namespace, 9999)) {
            Leftover.dropEverything(namespace);

            Run run = lastack.run("free", "--yes", "9999");

            assertThat(run.exit()).as(run.out() + run.err()).isZero();
            assertThat(run.out()).contains("removed      CLOSE-WAIT");
            assertThat(holder.isAlive()).isTrue();
        }
    }

    @Test
    void aSocketThatIsOnlyBoundGoesWithItsDescriptor() throws Exception {
        Process holder = namespace.start(
                new ProcessBuilder(
                        "python3",
                        "-c",
                        "import socket,time\ns=socket.socket(); s.bind((\"127.0.0.1\",8080)); print(1,flush=True); time.sleep(60)"));
        try {
            assertThat(holder.inputReader().readLine()).isEqualTo("1");

            Run kept = lastack.run("free", "--yes", "8080");
            Run taken = lastack.run("free", "--yes", "--free-fd", "8080");

            assertThat(kept.exit()).isEqualTo(1);
            assertThat(kept.out()).contains("a program has bound it", "--free-fd", "python3[" + holder.pid() + "]");
            assertThat(taken.exit()).as(taken.out() + taken.err()).isZero();
            assertThat(pythonCanBind(8080)).isTrue();
            assertThat(holder.isAlive()).isTrue();
        } finally {
            holder.destroyForcibly().waitFor();
        }
    }

    @Test
    void anotherAddressDoesNotStandInTheWay() throws Exception {
        try (Server redis = Server.redis(namespace, 6379, folder)) {
            Run other = lastack.run("free", "--yes", "127.0.0.2:6379");
            Run same = lastack.run("free", "--yes", "--address", "127.0.0.1", "6379");

            assertThat(other.exit()).isZero();
            assertThat(other.lines()).containsExactly("bind 127.0.0.2:6379: works");
            assertThat(same.exit()).isEqualTo(1);
            assertThat(redis.serves()).isTrue();
        }
    }

    @Test
    void bindIsTriedInTheNamespaceThatIsNamed() throws Exception {
        try (Namespace elsewhere = Namespace.open();
                Server nc = Server.nc(namespace, 9999)) {
            String pid = Integer.toString(nc.pid());

            Run there = Launcher.in(elsewhere).run("free", "--yes", "-N", pid, "9999");
            Run here = Launcher.in(elsewhere).run("free", "--yes", "9999");
            Run taken = Launcher.in(elsewhere).run("free", "--yes", "-N", pid, "--listeners", "9999");

            assertThat(there.exit()).isEqualTo(1);
            assertThat(there.out()).contains("skipped      LISTEN", "nc[" + pid + "]");
            assertThat(here.exit()).isZero();
            assertThat(taken.exit()).as(taken.out() + taken.err()).isZero();
            assertThat(pythonCanBind(9999)).isTrue();
        }
    }

    @Test
    void noMoreSocketsAreTouchedThanTheLimitAllows() throws Exception {
        leaveATimeWait(6379);
        leaveATimeWait(6379);

        Run run = lastack.run("free", "--yes", "--limit", "1", "6379");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).contains("2 matched, 1 removed, 1 beyond the limit");
        assertThat(namespace.tcp().count(TcpState.TIME_WAIT)).isEqualTo(1);
    }

    @Test
    void changesNothingWithoutYesAndInADryRun() throws Exception {
        leaveATimeWait(6379);

        Run dry = lastack.run("free", "--dry-run", "6379");
        Run unconfirmed = lastack.run("free", "6379");

        assertThat(dry.exit()).isZero();
        assertThat(dry.out()).contains("planned      TIME-WAIT").doesNotContain("now bind");
        assertThat(unconfirmed.exit()).isEqualTo(2);
        assertThat(unconfirmed.err()).contains("--yes");
        assertThat(namespace.tcp().count(TcpState.TIME_WAIT)).isEqualTo(1);
    }

    @Test
    void jsonTellsBindBeforeAndAfter() throws Exception {
        leaveATimeWait(6379);

        Run run = lastack.run("free", "--yes", "--format", "json", "6379");

        assertThat(run.exit()).as(run.err()).isZero();
        JsonObject document = run.json();
        assertThat(document.get("port").getAsInt()).isEqualTo(6379);
        JsonObject before = document.getAsJsonArray("bind_before").get(0).getAsJsonObject();
        assertThat(before.get("error").getAsString()).isEqualTo("EADDRINUSE");
        assertThat(before.get("error_with_reuseaddr").isJsonNull()).isTrue();
        JsonObject after = document.getAsJsonArray("bind_after").get(1).getAsJsonObject();
        assertThat(after.get("address").getAsString()).isEqualTo("::");
        assertThat(after.get("error").isJsonNull()).isTrue();
        assertThat(document.get("free").getAsBoolean()).isTrue();
        assertThat(document.getAsJsonObject("summary").get("removed").getAsInt())
                .isEqualTo(1);
    }

    @Test
    void aPlainUserIsToldWhatIsMissing() throws Exception {
        Launcher.copyTo(folder);
        Launcher plain =
                lastack.behind(Server.asPlainUser().toArray(String[]::new)).from(folder);
        try (Server _ = Server.nc(namespace, 9999);
                Server mine = Server.ncOfPlainUser(namespace, 9998)) {
            mine.loseAClientWhileStopped();

            Run privileged = plain.run("free", "--yes", "80");
            Run others = plain.run("free", "--yes", "--listeners", "9999");
            Run own = plain.run("free", "--yes", "9998");

            assertThat(privileged.exit()).isEqualTo(4);
            assertThat(privileged.err()).contains("CAP_NET_BIND_SERVICE");
            assertThat(others.exit()).as(others.out()).isEqualTo(4);
            assertThat(others.out()).contains("refused", "CAP_SYS_PTRACE");
            assertThat(own.out()).contains("removed      CLOSE-WAIT");
        }
    }

    @Test
    void aTimeWaitTakesAPlainUserTheRightToDestroy() throws Exception {
        leaveATimeWait(6379);
        Path copy = folder.resolve("copy");
        Files.createDirectory(copy);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Launcher.copyTo(copy);

        Run run = lastack.behind(Server.asPlainUser().toArray(String[]::new))
                .from(copy)
                .run("free", "--yes", "6379");

        assertThat(run.exit()).isEqualTo(4);
        assertThat(run.out()).contains("CAP_NET_ADMIN");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2 | free abc                    | is no port; write a number",
                "2 | free 65536                  | is no port",
                "2 | free                        | PORT",
                "2 | free localhost:80           | is no address; write one",
                "2 | free --both-ends 8080       | --both-ends goes with --by reset only",
                "2 | close --both-ends --by vanish orphan | --both-ends goes with --by reset only",
                "2 | free --by term 8080         | ends a program with everything it listens on",
                "2 | free --escalate 8080        | allow it with --listeners",
                "2 | free --netns all 80         | one network namespace at a time",
                "1 | free 10.9.9.9:80            | no interface has the address of 10.9.9.9:80"
            })
    void saysWhatIsWrong(int exit, String command, String message) {
        Run run = lastack.run(command.split(" ", -1));

        assertThat(run.exit()).as(run.err()).isEqualTo(exit);
        assertThat(run.err()).contains(message);
    }
}
