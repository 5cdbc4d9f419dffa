package lastack.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import lastack.testkit.Crowd;
import lastack.testkit.Namespace;
import lastack.testkit.Recipe;
import lastack.testkit.Situation;
import lastack.testkit.TcpSituations;
import lastack.testkit.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a terminal of 80 columns: the table fits, states have colours, and close asks. */
final class TerminalIT {
    @TempDir
    private Path folder;

    private TcpSituations tcp;
    private Situation stuck;
    private Tmux terminal;

    @BeforeEach
    void open() {
        tcp = TcpSituations.on(Wire.V4_VETH);
        stuck = tcp.closeWait();
        Namespace namespace = tcp.here();
        Launcher.in(namespace);
        terminal = Tmux.open(namespace, folder);
    }

    @AfterEach
    void close() {
        terminal.close();
        tcp.close();
    }

    @Test
    void theTableFitsAndStillNamesPidAndDescriptor() {
        tcp.established();
        tcp.timeWait();

        String screen = terminal.run("./lastack ls");

        List<String> rows = screen.lines().skip(1).toList();
        assertThat(rows.getFirst()).matches("STATE +RECV-Q +SEND-Q +LOCAL +PEER +AGE +OWNER");
        assertThat(rows.subList(1, rows.indexOf("done: 0")))
                .isNotEmpty()
                .allMatch(row -> row.matches("[A-Z0-9-]+ +\\d+ +\\d+ .*"))
                .anyMatch(row -> row.matches(
                        "CLOSE-WAIT .* actor\\[" + stuck.holder().actor().pid() + "] fd "
                                + stuck.holder().fd()));
    }

    /** Of so many the command is too long for a row; it is broken so that it can be pasted. */
    @Test
    void theOverviewHasLessThanTenRowsAndItsCommandWorks() throws InterruptedException {
        try (Crowd crowd = Crowd.of(tcp.here(), 20)) {
            tcp.make(Recipe.FIN_WAIT_2_HELD);
            tcp.timeWait();
            Thread.sleep(2_000);

            String screen = terminal.run("./lastack --netns self");

            List<String> rows = screen.lines().skip(1).toList();
            List<String> overview = rows.subList(0, rows.indexOf("done: 0"));
            assertThat(overview).hasSizeBetween(7, 9);
            assertThat(screen)
                    .contains("   20 CLOSE-WAIT  actor["
                            + crowd.holders().getFirst().pid() + "], from 127.1.0.1 to port ")
                    .contains("      eof-never-read: the peer has closed; the program has not read that end");
            String command = overview.stream()
                    .dropWhile(row -> !row.contains("lastack close"))
                    .takeWhile(row -> row.contains("--by shutdown") || row.endsWith("\\"))
                    .limit(2)
                    .map(String::strip)
                    .collect(Collectors.joining(" "))
                    .replace("\\", "");
            assertThat(terminal.run("./" + command + " --yes")).contains("20 matched, 20 removed");
        }
    }

    @Test
    void statesHaveColours() {
        terminal.run("./lastack ls state close-wait");

        assertThat(terminal.colours()).contains("\u001b[31mCLOSE-WAIT\u001b[");
    }

    @Test
    void noColorIsHeeded() {
        terminal.run("NO_COLOR=1 ./lastack ls state close-wait");

        assertThat(terminal.colours()).contains("CLOSE-WAIT").doesNotContain("\u001b[31m");
    }

    @Test
    void theAnswerNoChangesNothing() {
        String question = ask();

        String screen = terminal.press(Tmux::isDone, "n", "Enter");

        assertThat(question).contains("planned", "shutdown: ", "Remove 1 socket? [y/N]");
        assertThat(screen).contains("nothing changed", "done: 2");
        assertThat(stuck.now()).isPresent();
    }

    @Test
    void noAnswerChangesNothing() {
        ask();

        String screen = terminal.press(Tmux::isDone, "Enter");

        assertThat(screen).contains("nothing changed", "done: 2");
        assertThat(stuck.now()).isPresent();
    }

    @Test
    void theAnswerYesCloses() {
        ask();

        String screen = terminal.press(Tmux::isDone, "y", "Enter");

        assertThat(screen).contains("1 matched, 1 removed", "done: 0");
        assertThat(stuck.now()).isEmpty();
    }

    private String ask() {
        return terminal.type("./lastack close state close-wait" + Tmux.DONE, shown -> shown.contains("[y/N]"));
    }

    @Test
    void anInterruptedQuestionChangesNothing() {
        ask();

        String screen = terminal.press(Tmux::isDone, "C-c");

        assertThat(screen).contains("done: 130").doesNotContain("removed");
        assertThat(stuck.now()).isPresent();
    }
}
