package lastack.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.net.Socket;
import java.nio.file.Path;
import lastack.testkit.Namespace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code lastack set} on sockets of Redis, which sets none of these options to what is asked here. */
final class SetIT {
    private final Namespace namespace = Namespace.open();
    private final Launcher lastack = Launcher.in(namespace);

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        namespace.close();
    }

    private String timers() {
        return namespace.exec("ss", "-Htano", "state", "established", "sport", "=", ":6379");
    }

    @Test
    void turnsKeepaliveOnForAConnectionOfARunningServer() throws Exception {
        try (Server redis = Server.redis(namespace, 6379, folder);
                Socket _ = redis.client()) {

            Run run = lastack.run("set", "--yes", "state", "established", "sport", "=", ":6379", "keepalive=45s:10s:6");

            assertThat(run.exit()).as(run.err()).isZero();
            assertThat(run.out()).contains("changed", "-> 45s:10s:6", "redis-server[" + redis.pid() + "]");
            assertThat(timers()).containsPattern("timer:\\(keepalive,[34]\\d");
            assertThat(redis.serves()).isTrue();
        }
    }

    @Test
    void connectionsInheritWhatIsSetOnAListener() throws Exception {
        try (Server redis = Server.redis(namespace, 6379, folder)) {
            Run refused = lastack.run("set", "--yes", "state", "listening", "sport", "=", ":6379", "user-timeout=30s");
            Run run = lastack.run(
                    "set", "--yes", "--listeners", "state", "listening", "sport", "=", ":6379", "user-timeout=30s");
            try (Socket _ = redis.client()) {
                Run look = lastack.run(
                        "set", "--dry-run", "state", "established", "sport", "=", ":6379", "user-timeout=5s");

                assertThat(refused.exit()).isEqualTo(1);
                assertThat(refused.out()).contains("skipped", "it is a listener", "--listeners allows it");
                assertThat(run.exit()).as(run.err()).isZero();
                assertThat(look.out()).contains("user-timeout: 30s -> 5s");
            }
        }
    }

    @Test
    void jsonTellsBeforeAndAfterOfEachOption() throws Exception {
        try (Server redis = Server.redis(namespace, 6379, folder);
                Socket _ = redis.client()) {

            Run run = lastack.run(
                    "set",
                    "--yes",
                    "--format",
                    "json",
                    "state established sport = :6379",
                    "linger=0",
                    "fin-timeout=5s");

            assertThat(run.exit()).as(run.err()).isZero();
            JsonObject linger = run.json().getAsJsonArray("results").get(0).getAsJsonObject();
            assertThat(linger.get("option").getAsString()).isEqualTo("linger");
            assertThat(linger.get("before").getAsString()).isEqualTo("off");
            assertThat(linger.get("after").getAsString()).isEqualTo("0");
            assertThat(linger.get("outcome").getAsString()).isEqualTo("changed");
            Contract.holdsForSocket(linger.getAsJsonObject("socket"));
            JsonObject summary = run.json().getAsJsonObject("summary");
            assertThat(summary.get("matched").getAsInt()).isEqualTo(1);
            assertThat(summary.get("changed").getAsInt()).isEqualTo(2);
        }
    }

    @Test
    void changesNothingWithoutYesAndInADryRun() throws Exception {
        try (Server redis = Server.redis(namespace, 6379, folder);
                Socket _ = redis.client()) {
            String filter = "state established sport = :6379";

            Run dry = lastack.run("set", "--dry-run", filter, "linger=0");
            Run unconfirmed = lastack.run("set", filter, "linger=0");
            Run look = lastack.run("set", "--dry-run", filter, "linger=0");

            assertThat(dry.exit()).isZero();
            assertThat(unconfirmed.exit()).isEqualTo(2);
            assertThat(unconfirmed.err()).contains("--yes");
            assertThat(look.out()).contains("planned", "linger: off -> 0");
        }
    }

    @Test
    void aPlainUserSetsOnHisOwnSocketsOnly() throws Exception {
        Launcher.copyTo(folder);
        Launcher plain =
                lastack.behind(Server.asPlainUser().toArray(String[]::new)).from(folder);
        try (Server mine = Server.ncOfPlainUser(namespace, 9999);
                Socket _ = mine.client();
                Server roots = Server.nc(namespace, 9998);
                Socket _ = roots.client()) {
            Run own = plain.run("set", "--yes", "state established sport = :9999", "keepalive=60s");
            Run others = plain.run("set", "--yes", "state established sport = :9998", "keepalive=60s");

            assertThat(own.exit()).as(own.err()).isZero();
            assertThat(own.out()).contains("changed", "keepalive: off -> 60s:75s:9");
            assertThat(others.exit()).as(others.out()).isEqualTo(4);
            assertThat(others.out()).contains("refused", "CAP_SYS_PTRACE");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3 | sport = :1           | linger=0      | nothing matched",
                "2 | sport = :1           | linger=x      | expected off or seconds",
                "2 | sport = :1           | keepalve=60s  | no option of a socket is called",
                "2 | sport = :1           | keepalive     | keepalive needs a value",
                "2 | linger=0             | state all     | linger=0 belongs behind the filter",
                "2 | linger=0             | linger=1      | linger is named twice",
                "2 | state closewiat      | linger=0      | cannot understand the filter",
                "2 | linger=0             | keepalive=on  | set needs a filter"
            })
    void saysWhatIsWrong(int exit, String filter, String option, String message) {
        Run run = lastack.run("set", "--yes", filter, option);

        assertThat(run.exit()).as(run.err()).isEqualTo(exit);
        assertThat(run.err()).contains(message);
    }
}
