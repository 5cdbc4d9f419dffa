package lastack.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import lastack.testkit.Namespace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kernel's settings from the command line, in a namespace of its own. */
final class TuneIT {
    @TempDir
    Path root;

    private Namespace namespace;
    private Launcher lastack;

    @BeforeEach
    void open() {
        namespace = Namespace.open();
        lastack = Launcher.in(namespace);
    }

    @AfterEach
    void close() {
        namespace.close();
    }

    private String fromKernel() {
        return namespace.exec("cat", "/proc/sys/net/ipv4/tcp_tw_reuse").strip();
    }

    private Run tune(String... words) {
        String[] args = new String[words.length + 3];
        args[0] = "tune";
        args[1] = "--root";
        args[2] = root.toString();
        System.arraycopy(words, 0, args, 3, words.length);
        return lastack.run(args);
    }

    @Test
    void showsEverySettingWithItsVerdict() {
        Run text = lastack.run("tune");
        JsonObject one = lastack.run("tune", "show", "--format", "json", "tcp_tw_reuse")
                .json()
                .getAsJsonArray("settings")
                .get(0)
                .getAsJsonObject();

        assertThat(text.exit()).isZero();
        assertThat(text.out()).contains("net.ipv4.tcp_tw_reuse = 2", "not needed: ", "does: ", "not:  ");
        assertThat(one.keySet())
                .containsExactlyInAnyOrder("name", "value", "scope", "verdict", "because", "does", "does_not");
    }

    @Test
    void withoutTerminalAndWithoutYesThePlanIsShownAndNothingChanges() {
        Run asked = tune("apply", "tcp_tw_reuse=1");
        Run dry = tune("apply", "--dry-run", "--yes", "tcp_tw_reuse=1");

        assertThat(asked.exit()).isEqualTo(2);
        assertThat(asked.out()).contains("planned", "net.ipv4.tcp_tw_reuse: 2 -> 1");
        assertThat(asked.err()).contains("nothing changed", "--yes");
        assertThat(dry.exit()).isZero();
        assertThat(dry.out()).isEqualTo(asked.out());
        assertThat(fromKernel()).isEqualTo("2");
    }

    @Test
    void appliesPersistsAndUndoes() {
        Run applied = tune("apply", "--yes", "--persist", "tcp_tw_reuse=1");
        String during = fromKernel();
        Run undone = tune("undo", "--yes");
        Run again = tune("undo", "--yes");

        assertThat(applied.exit()).isZero();
        assertThat(applied.out()).contains("changed", "net.ipv4.tcp_tw_reuse: 2 -> 1");
        assertThat(during).isEqualTo("1");
        assertThat(undone.out()).contains("changed", "net.ipv4.tcp_tw_reuse: 1 -> 2");
        assertThat(fromKernel()).isEqualTo("2");
        assertThat(root.resolve("etc/sysctl.d/60-lastack.conf")).doesNotExist();
        assertThat(again.exit()).isEqualTo(3);
    }

    @Test
    void explainsWhatBecameOfRecycling() {
        Run run = tune("apply", "--yes", "tcp_tw_recycle=1");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("removed in Linux 4.12", "broke clients behind NAT", "use tcp_tw_reuse");
    }

    @Test
    void aMistakeInOneOfManyChangesNothing() {
        Run run = tune("apply", "--yes", "tcp_tw_reuse=1", "tcp_fin_timeout=soon");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("tcp_fin_timeout: 'soon' is not a number of seconds");
        assertThat(fromKernel()).isEqualTo("2");
    }

    /** User 0 may write the files by their mode, also without the capability. */
    @Test
    void aPlainUserIsToldWhichCapabilityItTakesAndLeavesNoTrace(@TempDir Path copy) throws IOException {
        Launcher.copyTo(copy);
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxrwxrwx"));

        Run run = lastack.from(copy)
                .behind(Server.asPlainUser().toArray(String[]::new))
                .run("tune", "--root", root.toString(), "apply", "--yes", "tcp_tw_reuse=1");

        assertThat(run.exit()).isEqualTo(4);
        assertThat(run.out()).contains("refused", "CAP_NET_ADMIN");
        assertThat(tune("undo").exit()).isEqualTo(3);
    }
}
