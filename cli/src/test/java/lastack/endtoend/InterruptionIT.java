package lastack.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import lastack.testkit.Namespace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ctrl-C half-way: whoever presses it is told what has been done by then. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class InterruptionIT {
    private static final int PORT = 7003;

    /** Bit n - 1 is signal n. */
    private static final long SIGTERM = 1L << 14;

    private final Namespace namespace = Namespace.open();
    private Leftover.Holder holder;

    @BeforeEach
    void open() throws Exception {
        holder = Leftover.closeWait(namespace, PORT);
        kill("STOP", holder.process());
    }

    @AfterEach
    void close() {
        holder.close();
        namespace.close();
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void closeTellsWhatWasDoneAndEndsAsTheSignalSays(String signal, int exit) throws Exception {
        Process lastack = namespace.start(new ProcessBuilder(List.of(
                "env",
                "--default-signal=INT",
                Launcher.HOME.resolve("lastack").toString(),
                "close",
                "--yes",
                "--by",
                "term",
                "--escalate",
                "--wait",
                "1h",
                "sport",
                "=",
                ":" + PORT)));
        Wait.until(() -> hasTerminationWaiting(holder.process()));

        kill(signal, lastack);

        String report = new String(lastack.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(report).contains("still-there  CLOSE-WAIT", "term: signalled python3[", "1 matched, 1 still-there");
        assertThat(lastack.waitFor()).isEqualTo(exit);
        assertThat(holder.isAlive()).as("nothing harsher was done").isTrue();
    }

    private static boolean hasTerminationWaiting(Process process) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
            if (line.startsWith("ShdPnd:")) {
                return (Long.parseLong(line.substring(7).trim(), 16) & SIGTERM) != 0;
            }
        }
        return false;
    }

    private static void kill(String signal, Process process) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .start()
                .waitFor();
    }
}
