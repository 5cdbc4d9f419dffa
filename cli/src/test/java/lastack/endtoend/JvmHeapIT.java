package lastack.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import lastack.testkit.Namespace;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sockets that no field leads to: a heap dump names who holds them, and is gone afterwards. */
final class JvmHeapIT {
    private static final List<String> ROOMY = List.of("-Xmx1g");

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

    private Run heap(JavaProgram program, String... more) {
        List<String> words = new ArrayList<>(List.of("jvm", "--heap"));
        words.addAll(List.of(more));
        words.addAll(List.of("state", "close-wait", "pid", "=", Integer.toString(program.pid())));
        return lastack.run(words.toArray(String[]::new));
    }

    /** What is in the folder of its agent and belongs to a dump. */
    private static List<String> dumpsOf(JavaProgram program) throws IOException {
        try (Stream<Path> links = Files.list(Path.of("/proc/" + program.pid() + "/fd"))) {
            return links.map(JvmHeapIT::target)
                    .filter(file -> file.endsWith("/questions"))
                    .flatMap(pipe -> Stream.of(beside(pipe)))
                    .filter(name -> name.contains("hprof"))
                    .toList();
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return "";
        }
    }

    private static String[] beside(String pipe) {
        String[] names = new File(pipe.substring(0, pipe.lastIndexOf('/'))).list();
        return names == null ? new String[0] : names;
    }

    @ParameterizedTest
    @ValueSource(ints = {17, 25})
    void namesTheVariableAndDeletesTheDump(int java, @TempDir Path folder) throws IOException {
        try (JavaProgram program = JavaProgram.start(namespace, java, List.of(), ROOMY, "StackLocal")) {
            Run unconfirmed = heap(program);
            assertThat(unconfirmed.exit()).as(unconfirmed.err()).isEqualTo(2);
            assertThat(unconfirmed.err())
                    .containsPattern("a heap dump of java\\[[0-9]+\\]: up to [0-9.]+ .B in its /tmp.* "
                            + "\\(room for [0-9.]+ .B\\) until it is read; the program stands still meanwhile")
                    .contains("add --yes");
            assertThat(unconfirmed.out()).contains("a local variable of a running method has it");

            Path copy = folder.resolve("kept.hprof");
            Run run = heap(program, "--yes", "--keep", copy.toString());

            assertThat(run.exit()).as(run.err()).isZero();
            assertThat(run.out())
                    .containsPattern("held by local variable in frame lastack.subjects.StackLocal.work"
                            + "\\(StackLocal.java:[0-9]+\\)\\s+of\\s+thread\\s+worker\\s+->\\s+Socket.impl\\s+->");
            assertThat(dumpsOf(program)).isEmpty();
            assertThat(Files.size(copy)).isGreaterThan(1_000_000);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
                    .isEqualTo("rw-------");
            Run again = heap(program, "--yes", "--keep", copy.toString());
            assertThat(again.exit()).isEqualTo(2);
            assertThat(again.err()).contains("there is a file " + copy + " already");
            assertThat(heap(program, "--detach").exit()).isEqualTo(2);
            program.endsHavingLostNothing();
        }
    }

    @Test
    void knowsWhatNothingHoldsAnyMore() throws IOException {
        try (JavaProgram program = JavaProgram.start(namespace, 25, List.of(), ROOMY, "LostReference")) {
            Run run = heap(program, "--yes");

            assertThat(run.exit()).as(run.err()).isZero();
            assertThat(run.out()).contains("held by nothing any more: the next GC closes it");
            program.endsHavingLostNothing();
        }
    }

    @Test
    void takesNoDumpWhereFieldsLeadToEverySocket() throws IOException {
        try (JavaProgram program = JavaProgram.start(namespace, 17, "AcceptedInList")) {
            Run run = heap(program, "--yes");

            assertThat(run.exit()).as(run.err()).isZero();
            assertThat(run.err()).contains("no heap dump is taken: fields lead to every socket");
            assertThat(run.out()).contains("held by static lastack.subjects.AcceptedInList.ACCEPTED");
        }
    }

    /** A /tmp of its own, of a user of its own, in memory. */
    @Test
    void readsTheDumpOfAnotherUserInAContainerAndRefusesWhereItDoesNotFit() throws IOException {
        List<String> roomy = container("1g");
        try (JavaProgram unshare = JavaProgram.start(namespace, 17, roomy, ROOMY, "StackLocal")) {
            Run run = lastack.run("jvm", "--heap", "--yes", childOf(unshare));

            assertThat(run.exit()).as(run.err()).isZero();
            assertThat(run.out()).contains("held by local variable in frame lastack.subjects.StackLocal.work");
            unshare.endsHavingLostNothing();
        }
        try (JavaProgram unshare = JavaProgram.start(namespace, 17, container("100m"), ROOMY, "StackLocal")) {
            Run run = lastack.run("jvm", "--heap", "--yes", childOf(unshare));

            assertThat(run.exit()).isEqualTo(4);
            assertThat(run.err())
                    .containsPattern(
                            "a heap dump of it may take [0-9]+ MB, and its /tmp, which lies in memory, has room for"
                                    + " [0-9]+ MB; make room there");
            unshare.endsHavingLostNothing();
        }
    }

    /** The programs themselves may lie below {@code /tmp}. */
    private static List<String> container(String room) {
        String programs = Launcher.HOME.resolve("subjects/target").toString();
        String script = ("mount --bind %1$s /mnt && mount -t tmpfs -o mode=1777,size=%2$s none /tmp && mkdir -p %1$s"
                        + " && mount --bind /mnt %1$s && exec setpriv --reuid=65534 --regid=65534 --clear-groups \"$@\"")
                .formatted(programs, room);
        return List.of(
                "unshare", "--pid", "--mount", "--fork", "--kill-child", "--mount-proc", "bash", "-c", script, "--");
    }

    private String childOf(JavaProgram unshare) {
        return namespace.exec("pgrep", "-P", Integer.toString(unshare.pid())).trim();
    }

    @Test
    void leavesNoDumpBehindWhenInterrupted() throws Exception {
        List<String> large = List.of("-Xms1g", "-Xmx1g", "-XX:+AlwaysPreTouch");
        try (JavaProgram program = JavaProgram.start(namespace, 25, List.of(), large, "StackLocal", "200")) {
            assertThat(lastack.run("jvm", Integer.toString(program.pid())).exit())
                    .isZero();
            Process run = namespace.start(new ProcessBuilder(
                    "env",
                    "--default-signal=INT",
                    Launcher.HOME.resolve("lastack").toString(),
                    "jvm",
                    "--heap",
                    "--yes",
                    Integer.toString(program.pid())));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> !dumpsOf(program).isEmpty() || !run.isAlive());

            namespace.exec("bash", "-c", "kill -INT " + run.pid());

            assertThat(run.waitFor()).isEqualTo(130);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> dumpsOf(program).isEmpty());
            program.endsHavingLostNothing();
        }
    }
}
