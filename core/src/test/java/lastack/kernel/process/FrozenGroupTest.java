package lastack.kernel.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which files say that a process is frozen, and which to write to. */
final class FrozenGroupTest {
    private static final int PID = 42;

    private static final String MOUNTS = """
            30 23 0:26 / /sys/fs/cgroup ro,nosuid - tmpfs tmpfs ro,mode=755
            31 30 0:27 / /sys/fs/cgroup/unified rw,relatime shared:9 - cgroup2 cgroup2 rw,nsdelegate
            32 30 0:28 / /sys/fs/cgroup/freezer rw,relatime - cgroup cgroup rw,freezer
            """;

    @TempDir
    Path root;

    @BeforeEach
    void mount() throws IOException {
        write("proc/self/mountinfo", MOUNTS);
    }

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private void group(String directory, Map<String, String> files) throws IOException {
        write(directory + "/cgroup.procs", "");
        for (Map.Entry<String, String> file : files.entrySet()) {
            write(directory + "/" + file.getKey(), file.getValue() + "\n");
        }
    }

    private void process(String membership) throws IOException {
        write("proc/" + PID + "/cgroup", membership);
    }

    private Path at(String file) {
        return root.resolve(file);
    }

    @Test
    void isToldByTheEventsOfVersion2() throws IOException {
        String docker = "sys/fs/cgroup/unified/docker/abc";
        group(docker, Map.of("cgroup.events", "populated 1\nfrozen 1", "cgroup.freeze", "1"));
        process("6:freezer:/\n0::/docker/abc\n");

        assertThat(FrozenGroup.of(root, PID))
                .contains(new FrozenGroup(at(docker + "/cgroup.events"), List.of(at(docker + "/cgroup.freeze")), "0"));
    }

    @Test
    void namesTheGroupAboveThatWasFrozen() throws IOException {
        group("sys/fs/cgroup/unified/pod", Map.of("cgroup.events", "frozen 1", "cgroup.freeze", "1"));
        group("sys/fs/cgroup/unified/pod/a", Map.of("cgroup.events", "frozen 1", "cgroup.freeze", "0"));
        process("0::/pod/a\n");

        assertThat(FrozenGroup.of(root, PID).orElseThrow().switches())
                .containsExactly(at("sys/fs/cgroup/unified/pod/cgroup.freeze"));
    }

    @Test
    void isToldByTheStateOfVersion1() throws IOException {
        String docker = "sys/fs/cgroup/freezer/docker/abc";
        group(docker, Map.of("freezer.state", "FROZEN", "freezer.self_freezing", "1"));
        process("6:freezer:/docker/abc\n0::/\n");

        assertThat(FrozenGroup.of(root, PID))
                .contains(new FrozenGroup(
                        at(docker + "/freezer.state"), List.of(at(docker + "/freezer.state")), "THAWED"));
    }

    @ParameterizedTest
    @CsvSource({"/, /a", "/docker/abc, /docker/abc/a", "/docker/abc/a, /docker/abc/a"})
    void findsTheFilesWhereOnlyAPartOfTheTreeIsMounted(String mounted, String group) throws IOException {
        write("proc/self/mountinfo", "31 30 0:27 " + mounted + " /cg rw shared:1 master:2 - cgroup2 none rw\n");
        String directory = mounted.equals(group) ? "cg" : "cg/a";
        group(directory, Map.of("cgroup.events", "frozen 1", "cgroup.freeze", "1"));
        process("0::" + group + "\n");

        assertThat(FrozenGroup.of(root, PID).orElseThrow().file()).isEqualTo(at(directory + "/cgroup.events"));
    }

    @ParameterizedTest
    @CsvSource({"0::/docker/abc", "0::/../../docker/abc", "0::/", "nonsense", "6:freezer:/none", "''"})
    void isNothingWhereNothingSaysSo(String membership) throws IOException {
        group(
                "sys/fs/cgroup/unified/docker/abc",
                Map.of("cgroup.events", "populated 1\nfrozen 0", "cgroup.freeze", "0"));
        group("sys/fs/cgroup/freezer/docker/abc", Map.of("freezer.state", "THAWED"));
        process(membership + "\n");

        assertThat(FrozenGroup.of(root, PID)).isEmpty();
    }

    @Test
    void isNothingOfAProcessThatIsGone() {
        assertThat(FrozenGroup.of(root, PID)).isEmpty();
    }
}
