package lastack.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import lastack.testkit.Crowd;
import lastack.testkit.Namespace;
import lastack.testkit.SeenSocket;
import lastack.testkit.TcpSituations;
import lastack.testkit.Wire;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mistakes of users and surroundings that lack something: a clear message, the exit code of the contract, no change. */
final class BadInputIT {
    private static TcpSituations tcp;
    private static Launcher lastack;
    private static List<SeenSocket> before;

    @BeforeAll
    static void makeSomethingToLose() {
        tcp = TcpSituations.on(Wire.V4_LOOPBACK);
        tcp.closeWait();
        tcp.listen();
        lastack = Launcher.in(tcp.here());
        before = tcp.here().tcp().list();
    }

    @AfterAll
    static void close() {
        tcp.close();
    }

    @AfterEach
    void nothingHasChanged() {
        assertThat(tcp.here().tcp().list()).containsExactlyInAnyOrderElementsOf(before);
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                mistake("ls --bogus", 2, "--bogus", "lastack ls --help"),
                mistake("ls --formt json", 2, "--formt", "--format"),
                mistake("frob", 2, "frob", "the commands are: "),
                mistake("--frob", 2, "--frob", "lastack --help"),
                mistake("help frob", 2, "frob", "the commands are: "),
                mistake("ls state closewiat", 2, "      ^^^^^^^^^", "did you mean: close-wait"),
                mistake("ls frob = 3", 2, "^^^^", "expected a predicate"),
                mistake("ls pid = abc", 2, "      ^^^", "expected a process number"),
                mistake("ls pid = -1", 2, "      ^", "expected a process number"),
                mistake("ls sport = :70000", 2, "         ^^^^^", "from 0 to 65535"),
                mistake("ls sport = :frobd", 2, "         ^^^^^", "/etc/services"),
                mistake("ls age > 5x", 2, "      ^^", "500ms"),
                mistake("ls age > 5m or", 2, "           ^", "expected"),
                mistake("ls src 10.0.0.0/33", 2, "^", "expected"),
                mistake("ls ( sport = :1", 2, "^", "expected"),
                mistake("ls user = nosuchuser", 2, "^^^^^^^^^^", "expected"),
                mistake("ls -K", 2, "lastack close"),
                mistake("ls -K state close-wait", 2, "lastack close"),
                mistake("ls --format xml", 2, "xml", "table, wide, json, jsonl, csv"),
                mistake("ls --format", 2, "--format", "lastack ls --help"),
                mistake("ls --color pink", 2, "pink", "auto, always, never"),
                mistake("ls --netns nosuchname", 4, "nosuchname", "no such name under /run/netns"),
                mistake("ls --netns 4194999", 4, "4194999", "no such process"),
                mistake("ls --netns /etc/passwd", 4, "/etc/passwd", "no network namespace"),
                mistake("close", 2, "close needs a filter", "lastack close state"),
                mistake("close --yes", 2, "close needs a filter"),
                mistake("close --yes --limit 1 --by kill", 2, "close needs a filter"),
                mistake("close --yes state all", 2, "close needs a filter", "lastack close state"),
                mistake("close --yes exclude unknown", 2, "close needs a filter"),
                mistake("close --yes src *", 2, "close needs a filter"),
                mistake("close --yes sport = :*", 2, "close needs a filter"),
                mistake("close --yes --by nuke state close-wait", 2, "nuke", "shutdown"),
                mistake("close --yes --limit 0 state close-wait", 2, "'0'", "from 1 up"),
                mistake("close --yes --limit -1 state close-wait", 2, "'-1'", "from 1 up"),
                mistake("close --yes --limit many state close-wait", 2, "many", "from 1 up"),
                mistake("close --yes --wait soon state close-wait", 2, "soon", "500ms"),
                mistake("close --yes --wait 5 state close-wait", 2, "'5'", "500ms"),
                mistake("close --yes --format csv state close-wait", 2, "csv", "json"),
                mistake("close --yes --netns nosuchname state close-wait", 4, "nosuchname"),
                mistake("close --yes state closewiat", 2, "      ^^^^^^^^^", "close-wait"),
                mistake("close --yes state close-wait sport = :1", 3, "nothing matched", "nothing changed"));
    }

    private static Arguments mistake(String line, int exit, String... told) {
        return arguments(line, exit, List.of(told));
    }

    @ParameterizedTest
    @MethodSource
    void mistakes(String line, int exit, List<String> told) {
        Run run = lastack.run(line.split(" "));

        assertThat(run.exit()).isEqualTo(exit);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("lastack: ").contains(told);
    }

    @ParameterizedTest
    @ValueSource(strings = {"state closewiat", "sport = :80 and dport = :x-y", "a\tb\u001b[31m"})
    void theCaretStandsUnderTheMistakeAlsoWhereTheFilterIsOneWord(String filter) {
        Run run = lastack.run("ls", filter);

        List<String> lines = run.err().lines().toList();
        String shown = lines.get(1);
        String caret = lines.get(2);
        assertThat(run.exit()).isEqualTo(2);
        assertThat(shown).isEqualTo(filter.replaceAll("\\p{Cntrl}", " "));
        assertThat(caret).matches(" *\\^+").hasSizeLessThanOrEqualTo(shown.length());
        assertThat(shown.substring(caret.indexOf('^'), caret.length())).doesNotStartWith(" ");
    }

    @Test
    void closeWithoutTerminalAndWithoutYesShowsThePlanOnly() {
        Run run = lastack.run("close", "state", "close-wait");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.out()).contains("planned");
        assertThat(run.err()).contains("nothing changed", "--yes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ls", "ls --format json", "ls --format csv", "--netns self", "--help", "ls --help", "--version"})
    void aFullDiskIsTold(String line) {
        Run run = lastack.run(Redirect.to(new File("/dev/full")), line.split(" "));

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).isEqualTo("lastack: cannot write to standard output: No space left on device\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"table", "wide", "json", "jsonl", "csv"})
    void aReaderThatHasSeenEnoughIsNoMistake(String format) {
        try (Namespace namespace = Namespace.open();
                Crowd crowd = Crowd.of(namespace, 1_500)) {
            Launcher.in(namespace);
            String script =
                    "set -o pipefail; ./lastack ls --format " + format + " | head -c 1; echo \" ${PIPESTATUS[0]}\"";

            String printed = namespace.exec("env", "-C", Launcher.HOME.toString(), "bash", "-c", script);

            assertThat(crowd.count()).isEqualTo(1_500);
            assertThat(printed).hasSize(4).endsWith(" 0\n");
        }
    }

    @Test
    void aClosedStandardOutputIsTold() {
        Run run = lastack.behind("bash", "-c", "exec \"$@\" >&-", "bash").run("ls");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).isEqualTo("lastack: cannot write to standard output: Bad file descriptor\n");
    }

    @ParameterizedTest
    @CsvSource({
        "1, EPERM, seccomp",
        "13, EACCES, seccomp",
        "38, ENOSYS, seccomp",
        "97, EAFNOSUPPORT, CONFIG_INET_DIAG",
        "93, EPROTONOSUPPORT, CONFIG_INET_DIAG"
    })
    void withoutNetlinkItSaysSo(String errno, String name, String cause, @TempDir Path folder) throws Exception {
        Launcher sandboxed = lastack.behind(sandbox(folder), errno);
        for (String line : List.of("ls", "--netns all", "close --yes state close-wait", "demo")) {

            Run run = sandboxed.run(line.split(" "));

            assertThat(run.exit()).isEqualTo(4);
            assertThat(run.out()).isEmpty();
            assertThat(run.err()).startsWith("lastack: ").contains(name, cause);
        }
    }

    /** A program that starts another one with a seccomp filter against netlink sockets. */
    private static String sandbox(Path folder) throws IOException, InterruptedException {
        Path program = folder.resolve("sandbox");
        Process gcc = new ProcessBuilder(Program.GCC.path(), "-Wall", "-x", "c", "-", "-o", program.toString())
                .redirectOutput(Redirect.INHERIT)
                .redirectError(Redirect.INHERIT)
                .start();
        try (InputStream source = BadInputIT.class.getResourceAsStream("/no_netlink.c");
                var in = gcc.getOutputStream()) {
            in.write(java.util.Objects.requireNonNull(source).readAllBytes());
        }
        assertThat(gcc.waitFor()).as("gcc").isZero();
        return program.toString();
    }

    @Test
    void withoutLoopbackTheDemoSaysSo() {
        Run run = lastack.behind(Program.UNSHARE.path(), "-n").run("demo");

        assertThat(run.exit()).isEqualTo(4);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("lastack: demo: ").contains("ip link set lo up");
    }

    @Test
    void aPlanNobodyReadsNeedsConfirmationToo() {
        Run run = lastack.behind("bash", "-c", "exec \"$@\" > >(exec true)", "bash")
                .run("close", "state", "close-wait");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("nothing changed", "--yes");
    }

    @Test
    void withoutProcItSaysSo() {
        Launcher unmounted = lastack.behind(
                Program.UNSHARE.path(), "-m", "sh", "-c", "mount -t tmpfs none /proc && exec \"$@\"", "sh");
        for (String line : List.of("ls", "--netns all", "close --yes state close-wait")) {

            Run run = unmounted.run(line.split(" "));

            assertThat(run.exit()).isEqualTo(4);
            assertThat(run.out()).isEmpty();
            assertThat(run.err()).contains("/proc is not mounted", "mount -t proc");
        }
    }

    @Test
    void aProcThatHidesProcessesLeavesOwnersOut(@TempDir Path copy) throws IOException {
        Launcher.copyTo(copy);
        assertThat(Files.exists(copy.resolve("core"))).isFalse();
        String[] hidden = {"unshare", "-m", "sh", "-c", "mount -t proc -o hidepid=2 proc /proc && exec \"$@\"", "sh"};
        List<String> words =
                Stream.concat(Stream.of(hidden), Server.asPlainUser().stream()).toList();

        Run run = lastack.from(copy).behind(words.toArray(String[]::new)).run("ls", "-H", "state", "close-wait");

        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains("(not visible)");
        assertThat(run.err()).contains("owners", "CAP_SYS_PTRACE");
    }
}
