package lastack.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import lastack.testkit.Situation;
import lastack.testkit.TcpSituations;
import lastack.testkit.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On a terminal of 40 columns: lines are broken between words. */
final class NarrowTerminalIT {
    private static final int COLUMNS = 40;

    @TempDir
    private Path folder;

    private TcpSituations tcp;
    private Situation stuck;
    private Launcher lastack;
    private Tmux terminal;

    @BeforeEach
    void open() {
        tcp = TcpSituations.on(Wire.V4_LOOPBACK);
        stuck = tcp.closeWait();
        lastack = Launcher.in(tcp.here());
        terminal = Tmux.open(tcp.here(), folder, COLUMNS, Tmux.BASH);
    }

    @AfterEach
    void close() {
        terminal.close();
        tcp.close();
    }

    /** Words, whatever time has passed. */
    private static List<String> words(String text) {
        return List.of(text.replaceAll("[0-9.]+", "0").strip().split("\\s+", -1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"doctor", "help completion", "--help"})
    void noWordIsBroken(String command) {
        List<String> known = words(lastack.run(command.split(" ", -1)).out() + " done: 0 $");

        String screen = terminal.typeAndPress(
                "./lastack " + command + "; clear; ./lastack " + command + Tmux.DONE, Tmux::isDone, "Enter");

        assertThat(words(screen.substring(screen.indexOf('\n')))).allMatch(known::contains);
    }

    @Test
    void aRowStillNamesStateAndDescriptor() {
        String screen = terminal.run("./lastack ls state close-wait");

        assertThat(screen)
                .contains("CLOSE-WAIT")
                .contains("fd " + stuck.holder().fd());
    }
}
