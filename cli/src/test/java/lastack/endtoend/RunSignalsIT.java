package lastack.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import lastack.testkit.Namespace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signals of a program whose bind is held: they reach it, and its bind does not fail for them. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class RunSignalsIT {
    private static final int PORT = 7000;
    private static final int EINTR = 4;
    private static final int EADDRINUSE = 98;

    /** Binds with a handler set without SA_RESTART; then says the error number, and whether the handler has run. */
    private static final String BINDER = """
            #include <arpa/inet.h>
            #include <errno.h>
            #include <pthread.h>
            #include <signal.h>
            #include <stdio.h>
            #include <stdlib.h>
            #include <sys/time.h>
            #include <unistd.h>
            static volatile int handled;
            static void handle(int signal) { handled = 1; }
            static void *idle(void *unused) { for (;;) pause(); }
            static void *attempt(void *unused) {
                struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(7000)};
                to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
                int r = bind(socket(AF_INET, SOCK_STREAM, 0), (void *)&to, sizeof to);
                printf("%d %d\\n", r < 0 ? errno : 0, handled);
                exit(0);
            }
            int main(int argc, char **argv) {
                int number = atoi(argv[1]), micros = atoi(argv[2]), threads = atoi(argv[3]), elsewhere = atoi(argv[4]);
                struct sigaction action = {.sa_handler = handle};
                struct itimerval timer = {{0, micros}, {0, micros}};
                pthread_t thread;
                sigaction(number, &action, 0);
                while (threads--) pthread_create(&thread, 0, idle, 0);
                setitimer(ITIMER_REAL, &timer, 0);
                if (elsewhere) pthread_create(&thread, 0, attempt, 0), idle(0);
                attempt(0);
            }
            """;

    @TempDir
    private Path folder;

    private Namespace namespace;

    @BeforeEach
    void open() throws Exception {
        namespace = Namespace.open();
        Path source = Files.writeString(folder.resolve("binder.c"), BINDER);
        namespace.exec(
                Program.GCC.path(), "-pthread", "-o", folder.resolve("binder").toString(), source.toString());
        Leftover.timeWait(namespace, PORT, false);
    }

    @AfterEach
    void close() {
        namespace.close();
    }

    private Process start(String patience, String... words) throws IOException {
        List<String> lastack = List.of(
                Launcher.HOME.resolve("lastack").toString(),
                "run",
                "--bind",
                patience,
                "--",
                folder.resolve("binder").toString());
        return namespace.start(new ProcessBuilder(
                Stream.concat(lastack.stream(), Stream.of(words)).toList()));
    }

    private static void awaitHeld(Process program) throws IOException {
        assertThat(program.errorReader().readLine()).contains("waiting for port " + PORT);
    }

    private static String said(Process program) throws IOException {
        return new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    @ParameterizedTest(name = "{0} more threads")
    @ValueSource(strings = {"0", "3"})
    void aHandlerWithoutRestartRunsAndFailsNoBind(String threads) throws Exception {
        Process program = start("wait=2s", "14", "400000", threads, "0");

        assertThat(said(program)).isEqualTo(EADDRINUSE + " 1");
    }

    @ParameterizedTest(name = "{0} more threads")
    @ValueSource(strings = {"0", "3"})
    void aSignalThatAsksToEndIsHeardOfAtOnce(String threads) throws Exception {
        Process program = start("wait=1h", "15", "0", threads, "0");
        awaitHeld(program);

        signal("TERM", program);

        assertThat(said(program)).isEqualTo(EINTR + " 1");
    }

    @ParameterizedTest(name = "{0} more threads, the bind in the first: {1}")
    @CsvSource({"0, 0", "3, 0", "3, 1"})
    void aHeldProgramCanBeStoppedAndContinued(String threads, String elsewhere) throws Exception {
        Process program = start("wait=1h", "10", "0", threads, elsewhere);
        awaitHeld(program);

        signal("STOP", program);
        Wait.until(() -> states(program).allMatch("T"::equals));
        signal("CONT", program);
        Wait.until(() -> states(program).noneMatch("T"::equals));
        signal("TERM", program);

        assertThat(program.waitFor()).isEqualTo(128 + 15);
    }

    private void signal(String name, Process program) {
        namespace.exec("kill", "-" + name, "" + program.pid());
    }

    private static Stream<String> states(Process program) throws IOException {
        try (Stream<Path> tasks = Files.list(Path.of("/proc/" + program.pid() + "/task"))) {
            return tasks.map(RunSignalsIT::state).toList().stream();
        }
    }

    private static String state(Path task) {
        try {
            String status = Files.readString(task.resolve("status"));
            return status.replaceAll("(?s).*\nState:\t(.).*", "$1");
        } catch (IOException e) {
            return "X";
        }
    }

    @Test
    void pythonsUserCanPressCtrlC() throws Exception {
        // Whoever runs the tests in the background ignores SIGINT, and so would what they start.
        Process program = namespace.start(new ProcessBuilder(
                "env",
                "--default-signal=INT",
                Launcher.HOME.resolve("lastack").toString(),
                "run",
                "--bind",
                "wait=1h",
                "--",
                Program.PYTHON3.path(),
                "-m",
                "http.server",
                "--bind",
                "127.0.0.1",
                "" + PORT));
        awaitHeld(program);

        signal("INT", program);

        assertThat(program.onExit().join().exitValue()).isNotZero();
        assertThat(program.errorReader().lines().toList().getLast()).contains("KeyboardInterrupt");
    }
}
