package lastack.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import lastack.model.TcpState;
import lastack.testkit.Namespace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a program is given below {@code lastack run}: forced options, and everything else as if it had been started directly. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class RunIT {
    private static final int PORT = 7000;

    private static final String OPTIONS = """
            from socket import *
            import struct
            def show(name, s):
                print(name, s.getsockopt(SOL_SOCKET, SO_KEEPALIVE), s.getsockopt(6, TCP_KEEPIDLE),
                    s.getsockopt(6, TCP_KEEPINTVL), s.getsockopt(6, TCP_KEEPCNT), s.getsockopt(6, TCP_USER_TIMEOUT),
                    struct.unpack("ii", s.getsockopt(SOL_SOCKET, SO_LINGER, 8)), s.getsockopt(6, TCP_LINGER2))
            listener = socket(); listener.bind(("127.0.0.1", 0)); show("bound", listener)
            listener.listen(); show("listening", listener)
            client = create_connection(listener.getsockname()); show("connected", client)
            show("accepted", listener.accept()[0])
            udp = socket(AF_INET, SOCK_DGRAM); udp.connect(("127.0.0.1", 9))
            unix = socket(AF_UNIX); unix.bind("\\0lastack"); unix.listen()
            print("others", udp.getsockopt(SOL_SOCKET, SO_KEEPALIVE), unix.getsockopt(SOL_SOCKET, SO_KEEPALIVE))
            """;

    private static final String LATER = """
            import os, socket, sys, time
            if os.fork():
                os._exit(3)
            os.setsid()
            while not os.path.exists(sys.argv[1]):
                time.sleep(0.05)
            s = socket.socket()
            s.bind(("127.0.0.1", 7001))
            open(sys.argv[1], "w").write("reuse %d" % s.getsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR))
            """;

    /** The call's words end where the memory ends: only the first of them can be read. */
    private static final String BAD_WORDS = """
            #define _GNU_SOURCE
            #include <errno.h>
            #include <sys/mman.h>
            #include <sys/syscall.h>
            #include <unistd.h>
            int main(int argc, char **argv) {
                char *page = mmap(0, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
                munmap(page + 4096, 4096);
                if (syscall(SYS_socketcall, 2, page + 4096 - 4) != -1 || errno != EFAULT) return 9;
                execv(argv[1], argv + 1);
                return 8;
            }
            """;

    /** Fills its standard error, which nobody reads, and binds to a port that is taken. */
    private static final String FULL = """
            import fcntl, os, socket
            try:
                flags = fcntl.fcntl(2, fcntl.F_GETFL)
                fcntl.fcntl(2, fcntl.F_SETFL, flags | os.O_NONBLOCK)
                while True:
                    os.write(2, b"x" * 4096)
            except BlockingIOError:
                fcntl.fcntl(2, fcntl.F_SETFL, flags)
            try:
                socket.socket().bind(("127.0.0.1", 7000))
            except OSError as e:
                print(e.errno)
            """;

    private static final String INTERRUPTED_OFTEN = """
            import signal, socket
            count = 0
            def tick(*_):
                global count
                count += 1
            signal.signal(signal.SIGALRM, tick)
            signal.siginterrupt(signal.SIGALRM, False)
            signal.setitimer(signal.ITIMER_REAL, 0.1, 0.1)
            try:
                socket.socket().bind(("127.0.0.1", 7000))
            except OSError as e:
                print(e.errno, count > 0)
            """;

    private static final String TWO_THREADS = """
            import os, socket, threading, time
            def bind(port):
                socket.socket().bind(("127.0.0.1", port))
                print(port, flush=True)
            threading.Thread(target=bind, args=(7000,)).start()
            time.sleep(0.5)
            bind(7001)
            os._exit(0)
            """;

    private static final String BIND_ANYHOW = """
            import socket, sys
            try:
                socket.socket().bind(("127.0.0.1", int(sys.argv[1])))
            except OSError as e:
                print(e.errno)
            """;

    @TempDir
    private Path folder;

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

    private Run reuse(String... program) {
        return run(List.of("--bind", "reuse"), program);
    }

    private Run run(List<String> options, String... program) {
        List<String> words = new ArrayList<>(List.of("run"));
        words.addAll(options);
        words.add("--");
        words.addAll(List.of(program));
        return lastack.run(words.toArray(String[]::new));
    }

    /** A C program that binds and says how that went; {@code forks} children do it at the same time, often. */
    private String binder(String... flags) throws IOException {
        Path source = Files.writeString(folder.resolve("bind.c"), """
                #define _GNU_SOURCE
                #include <arpa/inet.h>
                #include <stdio.h>
                #include <stdlib.h>
                #include <sys/syscall.h>
                #include <sys/wait.h>
                #include <unistd.h>
                static int attempt(int port) {
                    int s = socket(AF_INET, SOCK_STREAM, 0), reuse = 0;
                    socklen_t length = sizeof reuse;
                    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port)};
                    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
                #ifdef DIRECT
                    int r = syscall(361, s, &to, sizeof to);
                #else
                    int r = bind(s, (void *)&to, sizeof to);
                #endif
                    getsockopt(s, SOL_SOCKET, SO_REUSEADDR, &reuse, &length);
                    if (r < 0) perror("bind");
                #ifdef ANYHOW
                    return r < 0;
                #endif
                    return r < 0 ? 1 : reuse ? 0 : 2;
                }
                int main(int argc, char **argv) {
                    int port = atoi(argv[1]), forks = atoi(argv[2]), bad = 0, status;
                    for (int i = 0; i < forks; i++) {
                        if (!fork()) _exit(attempt(port));
                        if (i % 50 == 49) while (wait(&status) > 0) bad += status != 0;
                    }
                    while (wait(&status) > 0) bad += status != 0;
                    return forks ? bad != 0 : attempt(port);
                }
                """);
        Path program = folder.resolve("bind");
        List<String> command = new ArrayList<>(List.of(Program.GCC.path(), "-o", program.toString()));
        command.addAll(List.of(flags));
        command.add(source.toString());
        namespace.exec(command.toArray(String[]::new));
        return program.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-O1", "-static", "-m32 -static", "-m32 -static -DDIRECT"})
    void anyKindOfProgramBindsBesideALeftover(String flags) throws Exception {
        String program = binder(flags.split(" ", -1));
        Leftover.timeWait(namespace, PORT, true);

        Process without = namespace.start(new ProcessBuilder(program, "" + PORT, "0"));
        String said = new String(without.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        Run run = reuse(program, "" + PORT, "0");

        assertThat(said).contains("Address already in use");
        assertThat(run).isEqualTo(new Run(0, "", ""));
    }

    @Test
    void fourThousandForksAreAllAnswered() throws IOException {
        assertThat(reuse(binder(), "0", "4000")).isEqualTo(new Run(0, "", ""));
    }

    @Test
    void otherOptionsAreOnWhatItConnectsAndListensWithAndOnNothingElse() {
        Run run = run(
                List.of("--linger", "0", "--keepalive", "60s:10s:6", "--user-timeout", "30s", "--fin-timeout", "5s"),
                Program.PYTHON3.path(),
                "-c",
                OPTIONS);

        assertThat(run.err()).isEmpty();
        String forced = "1 60 10 6 30000 (1, 0) 5";
        assertThat(run.lines())
                .containsExactly(
                        "bound 0 7200 75 9 0 (0, 0) 60",
                        "listening " + forced,
                        "connected " + forced,
                        "accepted " + forced,
                        "others 0 0");
    }

    @ParameterizedTest
    @CsvSource({"exit 7, 7", "kill -9 $$, 137", "kill -TERM $$, 143"})
    void theExitStatusIsTheProgramsOwn(String script, int status) throws Exception {
        Process program = namespace.start(new ProcessBuilder(
                Launcher.HOME.resolve("lastack").toString(), "run", "--bind", "reuse", "--", "sh", "-c", script));

        assertThat(program.waitFor()).isEqualTo(status);
    }

    @Test
    void theProgramIsTheVeryProcessThatWasStarted() throws Exception {
        Process program = namespace.start(new ProcessBuilder(
                Launcher.HOME.resolve("lastack").toString(), "run", "--bind", "reuse", "--", "sh", "-c", "echo $$"));

        String pid = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();

        assertThat(pid).isEqualTo("" + program.pid());
    }

    @Test
    void whatIsNoProgramIsSaidAsAShellWould() throws IOException {
        Path text = Files.writeString(folder.resolve("text"), "not to be run");

        Run missing = reuse("no-such-program");
        Run forbidden = reuse(text.toString());

        assertThat(missing).isEqualTo(new Run(127, "", "lastack: no-such-program: no such program (ENOENT)\n"));
        assertThat(forbidden.exit()).isEqualTo(126);
        assertThat(forbidden.err()).contains("cannot run it (EACCES)");
    }

    @Test
    void itIsGivenNothingElseThanWithout() {
        String look = "ls -l /proc/self/fd | wc -l; grep -E 'Sig(Blk|Ign|Cgt)|NoNew|CapEff' /proc/self/status;"
                + " cat /proc/self/limits /proc/self/coredump_filter; pwd; echo $JAVA_TOOL_OPTIONS; env | grep -c LASTACK";

        String without =
                namespace.exec("bash", "-c", "trap '' PIPE QUIT; exec sh -c \"$0\"|cat", withoutCounting(look));
        String with = namespace.exec(
                "bash",
                "-c",
                "trap '' PIPE QUIT; exec \"$1/lastack\" run --bind reuse -- sh -c \"$0\"|cat",
                withoutCounting(look),
                Launcher.HOME.toString());

        assertThat(with).isEqualTo(without);
    }

    @Test
    void aClosedStandardErrorStaysClosed() {
        String fds = namespace.exec(
                "bash",
                "-c",
                "\"$0\"/lastack run --bind reuse -- sh -c 'ls /proc/self/fd/2 || echo closed' 2>&-",
                Launcher.HOME.toString());

        assertThat(fds.strip()).isEqualTo("closed");
    }

    private static String withoutCounting(String script) {
        return "export JAVA_TOOL_OPTIONS; " + script + "; true";
    }

    @Test
    void wordsAreHandedOverByteForByte() {
        String script =
                "LC_ALL=C ./lastack run --bind reuse -- printf '%s|' $'b\\xfcyte' '' 'a b' '${x}' -- \"'\" | od -An -tx1";

        String printed = namespace.exec("bash", "-c", "cd '" + Launcher.HOME + "'; " + script);

        assertThat(printed.replaceAll("\\s+", ""))
                .isEqualTo(
                        "62fc797465" + "7c" + "7c" + "612062" + "7c" + "247b787d" + "7c" + "2d2d" + "7c" + "27" + "7c");
    }

    @Test
    void aDaemonThatStaysBehindIsStillSupervised() throws Exception {
        Path answer = folder.resolve("answer");

        Process program = namespace.start(new ProcessBuilder(
                        Launcher.HOME.resolve("lastack").toString(),
                        "run",
                        "--bind",
                        "reuse",
                        "--",
                        Program.PYTHON3.path(),
                        "-c",
                        LATER,
                        answer.toString())
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD));

        assertThat(program.waitFor()).isEqualTo(3);
        Files.createFile(answer);
        Wait.until(() -> Files.readString(answer).equals("reuse 1"));
    }

    @Test
    void aProgramKilledInItsBindIsGoneAndSoIsItsSupervisor() throws Exception {
        Leftover.timeWait(namespace, PORT, false);
        Process program = namespace.start(new ProcessBuilder(
                Launcher.HOME.resolve("lastack").toString(), "run", "--bind", "wait", "--", binder(), "" + PORT, "0"));
        assertThat(program.errorReader().readLine()).contains("waiting for port " + PORT);
        String handle = "--launch\0" + program.pid() + ":";
        assertThat(processesWith(handle)).hasSize(1);

        program.destroyForcibly();

        assertThat(program.waitFor()).isEqualTo(137);
        Wait.until(() -> processesWith(handle).isEmpty());
    }

    private static List<Path> processesWith(String words) throws IOException {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .filter(process -> commandLine(process).contains(words))
                    .toList();
        }
    }

    private static String commandLine(Path process) {
        try {
            return Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    @Test
    void evictNeverTouchesALivingListener() throws IOException {
        try (Server nc = Server.nc(namespace, PORT)) {

            Run run = run(List.of("--bind", "evict"), binder(), "" + PORT, "0");

            assertThat(run.exit()).isEqualTo(1);
            assertThat(run.err())
                    .contains("nothing removed, it is in use: LISTEN")
                    .contains("nc[" + nc.pid() + "]");
            assertThat(nc.serves()).isTrue();
        }
    }

    @Test
    void patienceEndsWithTheKernelsOwnAnswer() throws Exception {
        Leftover.timeWait(namespace, PORT, false);

        Run run = run(List.of("--bind", "wait=1s"), binder(), "" + PORT, "0");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("is still in use: TIME-WAIT", "bind: Address already in use");
        assertThat(namespace.tcp().count(TcpState.TIME_WAIT)).isPositive();
    }

    /** A JDK whose java refuses to be a supervisor. */
    private Path brokenJdk() throws IOException {
        Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
        Files.writeString(java, """
                #!/usr/bin/env bash
                case " $* " in *" supervise "*) echo no supervisor today >&2; exit 1 ;; esac
                exec -a "$0" "%s/bin/java" "$@"
                """.formatted(System.getProperty("java.home")));
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        return folder.resolve("jdk");
    }

    @Test
    void nothingIsStartedWithoutASupervisor() throws IOException {
        Path copy = Files.createDirectory(folder.resolve("copy"));
        Launcher.copyTo(copy);
        Files.writeString(copy.resolve("cli/target/jdk"), brokenJdk() + "\n");

        Run run = lastack.from(copy).run("run", "--bind", "reuse", "--", "touch", folder.resolve("begun") + "");

        assertThat(run.exit()).isEqualTo(4);
        assertThat(run.err()).contains("no supervisor today", "the supervising process did not start");
        assertThat(folder.resolve("begun")).doesNotExist();
    }

    @Test
    void aFileThatCannotBeRunEndsTheSearchAlongThePathAsElsewhere() throws IOException {
        Path first = Files.createDirectory(folder.resolve("first"));
        Path second = Files.createDirectory(folder.resolve("second"));
        Files.createSymbolicLink(first.resolve("prog"), Path.of("prog"));
        Files.createSymbolicLink(second.resolve("prog"), Path.of("/bin/true"));
        String path = first + ":" + second + ":" + System.getenv("PATH");

        Run run = lastack.with("PATH", path).run("run", "--bind", "reuse", "--", "prog");

        assertThat(run.exit()).isEqualTo(126);
        assertThat(run.err()).contains("cannot run it (ELOOP)");
    }

    @Test
    void aCallThatGoesWrongHarmsNoOther() throws IOException {
        Path bad = folder.resolve("bad");
        Path source = Files.writeString(folder.resolve("bad.c"), BAD_WORDS);
        namespace.exec(Program.GCC.path(), "-m32", "-static", "-o", bad.toString(), source.toString());

        Run run = reuse(bad.toString(), binder(), "" + PORT, "0");

        assertThat(run).isEqualTo(new Run(0, "", ""));
    }

    private Run python(List<String> options, String script, String... arguments) {
        List<String> words = new ArrayList<>(List.of(Program.PYTHON3.path(), "-c", script));
        words.addAll(List.of(arguments));
        return run(options, words.toArray(String[]::new));
    }

    @Test
    void aFullStandardErrorHoldsNothingUp() throws Exception {
        Leftover.timeWait(namespace, PORT, false);
        Process program = namespace.start(new ProcessBuilder(
                Launcher.HOME.resolve("lastack").toString(),
                "run",
                "--bind",
                "wait=1s",
                "--",
                Program.PYTHON3.path(),
                "-c",
                FULL));
        try {
            assertThat(program.inputReader().readLine()).isEqualTo("98");
            assertThat(program.waitFor()).isZero();
        } finally {
            program.destroyForcibly();
        }
    }

    @Test
    void signalsDoNotMakeTheWaitLonger() throws Exception {
        Leftover.timeWait(namespace, PORT, false);

        Run run = python(List.of("--bind", "wait=2s"), INTERRUPTED_OFTEN);

        assertThat(run.out()).isEqualTo("98 True\n");
    }

    @Test
    void whileOneThreadsBindIsHeldAnothersGoesOn() throws Exception {
        Leftover.timeWait(namespace, PORT, false);

        Run run = python(List.of("--bind", "wait=1h"), TWO_THREADS);

        assertThat(run.out()).isEqualTo("7001\n");
    }

    @Test
    void ofManyThatWaitForOnePortEachGetsIt() throws IOException {
        assertThat(run(List.of("--bind", "wait=1h"), binder("-DANYHOW"), "" + PORT, "100")
                        .exit())
                .isZero();
    }

    @Test
    void evictEndsWhatHasLostItsPeer() throws IOException {
        try (Leftover.Holder holder = Leftover.closeWait(namespace, PORT)) {
            Leftover.dropEverything(namespace);

            Run run = python(List.of("--bind", "evict"), BIND_ANYHOW, "" + PORT);

            assertThat(run.err()).contains("removed CLOSE-WAIT");
            assertThat(run.out()).isEmpty();
            assertThat(holder.isAlive()).isTrue();
        }
    }

    @Test
    void evictDoesNothingForABindThatIsForbidden() throws Exception {
        Leftover.timeWait(namespace, 80, false);

        Run run = asPlainUserBelowRoot(80);

        assertThat(run.out()).isEqualTo("13\n");
        assertThat(run.err()).isEmpty();
        assertThat(namespace.tcp().count(TcpState.TIME_WAIT)).isPositive();
    }

    @Test
    void evictRemovesForAPlainUserWhatIsNobodysAndNothingOfAnotherUsers() throws Exception {
        Leftover.timeWait(namespace, PORT, false);
        try (Leftover.Holder _ = Leftover.closeWait(namespace, 7001)) {

            Run nobodys = asPlainUserBelowRoot(PORT);
            Run others = asPlainUserBelowRoot(7001);

            assertThat(nobodys.out()).isEmpty();
            assertThat(others.out()).isEqualTo("98\n");
            assertThat(others.err()).contains("nothing removed, it is another user's: CLOSE-WAIT");
            assertThat(namespace.tcp().count(TcpState.CLOSE_WAIT)).isPositive();
        }
    }

    private Run asPlainUserBelowRoot(int port) {
        List<String> words = new ArrayList<>(Server.asPlainUser());
        words.addAll(List.of("env", "PATH=/usr/bin:/bin", "python3", "-c", BIND_ANYHOW, "" + port));
        return run(List.of("--bind", "evict"), words.toArray(String[]::new));
    }

    @Test
    void aRunInsideARunIsRefused() {
        Run run = reuse(Launcher.HOME.resolve("lastack").toString(), "run", "--bind", "reuse", "--", "true");

        assertThat(run.exit()).isEqualTo(4);
        assertThat(run.err()).contains("EBUSY", "takes only one");
    }

    @ParameterizedTest
    @CsvSource({
        "--bind reuse,                    Missing required parameter",
        "-- true,                         nothing to force",
        "--bind never -- true,            'none of reuse, wait'",
        "--keepalive 1ms -- true,         whole seconds",
    })
    void mistakesAreUsageErrors(String words, String message) {
        Run run = lastack.run(Stream.concat(Stream.of("run"), Arrays.stream(words.split(" ", -1)))
                .toArray(String[]::new));

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "foo", "1:2", "1:x:3", "99999999999:1:1"})
    void aHandleThatIsNoneIsSaid(String handle) {
        Run run = lastack.run("supervise", "--launch", handle, "--bind", "reuse");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("is no PID:START:FD");
    }
}
