package lastack.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import lastack.testkit.Namespace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program below {@code lastack run} has the terminal as if the shell had started it. */
final class RunTerminalIT {
    private static final String RUN = "./lastack run --bind reuse -- ";

    @TempDir
    private Path folder;

    private Namespace namespace;
    private Tmux terminal;

    @BeforeEach
    void open() {
        namespace = Namespace.open();
        Launcher.in(namespace);
        terminal = Tmux.open(namespace, folder);
    }

    @AfterEach
    void close() {
        terminal.close();
        namespace.close();
    }

    /** The shell gives up the whole line when a program of it dies by SIGINT, so the question comes on the next. */
    @Test
    void controlCEndsTheProgramByItsSignal() {
        terminal.type(RUN + "sh -c 'echo began; exec sleep 60'", shown -> shown.contains("\nbegan"));
        terminal.press(shown -> shown.stripTrailing().endsWith("^C\n$"), "C-c");

        String screen = terminal.press(Tmux::isDone, "echo done: $?", "Enter");

        assertThat(screen).contains("\ndone: 130");
    }

    @Test
    void controlCReachesTheProgramsOwnHandler() {
        String trap = "'trap \"echo caught; exit 7\" INT; echo began; while :; do sleep 0.1; done'";
        terminal.type(RUN + "bash -c " + trap + Tmux.DONE, shown -> shown.contains("\nbegan"));

        String screen = terminal.press(Tmux::isDone, "C-c");

        assertThat(screen).contains("^Ccaught").contains("done: 7");
    }

    @Test
    void controlZStopsItAndTheShellBringsItBack() {
        terminal.type(RUN + "sh -c 'echo began; read line; echo got $line'", shown -> shown.contains("\nbegan"));

        String stopped = terminal.press(shown -> shown.contains("Stopped"), "C-z");
        terminal.press(shown -> shown.contains("$ fg"), "f", "g", "Enter");
        String screen = terminal.press(shown -> shown.contains("got hello"), "h", "e", "l", "l", "o", "Enter");

        assertThat(stopped).contains("Stopped");
        assertThat(screen).contains("\ngot hello");
    }

    /** {@code less} stops only itself and not its process group. */
    @Test
    void aProgramThatStopsOnlyItselfGivesTheTerminalBack() {
        String screen =
                terminal.type(RUN + "sh -c 'kill -STOP $$; echo went on'; fg", shown -> shown.contains("\nwent on"));

        assertThat(screen).contains("Stopped");
    }

    @Test
    void aProgramInRawModeHasTheWindowsSize() {
        String program = "python3 -c 'import os,sys,tty; tty.setraw(0); print(os.get_terminal_size(0)); "
                + "key=os.read(0,1); os.system(\"stty sane\"); print(\"key\",key)'";
        terminal.type(RUN + program + Tmux.DONE, shown -> shown.contains("columns=80, lines=24"));

        String screen = terminal.press(Tmux::isDone, "C-c");

        assertThat(screen).contains("key b'\\x03'").contains("done: 0");
    }
}
