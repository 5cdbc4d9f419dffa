package lastack.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lastack.model.TcpState;
import lastack.testkit.Namespace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code lastack watch} on a terminal of 80 columns, with a program of other makers that does not close. */
final class WatchIT {
    private static final int PORT = 8080;
    private static final Pattern NO_CLOSE_WAIT = Pattern.compile("CLOSE-WAIT +0\n");
    private static final String WATCH = "./lastack watch --netns self";

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

    private static boolean isShown(String screen) {
        return screen.contains("CLOSED") && screen.contains("q quit") && !screen.contains("looking ...");
    }

    /** An nc that was stopped before its client went away. */
    private Process forgetfulNc() throws Exception {
        Process nc = namespace.start(new ProcessBuilder(Program.NC.path(), "-l", "127.0.0.1", Integer.toString(PORT)));
        namespace.tcp().await("nc to listen", socket -> socket.state() == TcpState.LISTEN);
        try (Socket client = namespace.call(() -> new Socket(InetAddress.ofLiteral("127.0.0.1"), PORT))) {
            namespace
                    .tcp()
                    .await(
                            "nc to accept",
                            socket -> socket.id().peer().port() == client.getLocalPort() && socket.inode() != 0);
            namespace.exec("kill", "-STOP", Long.toString(nc.pid()));
        }
        namespace.tcp().await("CLOSE-WAIT", socket -> socket.state() == TcpState.CLOSE_WAIT);
        return nc;
    }

    @Test
    void showsACloseWaitExplainsItClosesItAndSeesItGone() throws Exception {
        terminal.type(WATCH, WatchIT::isShown);
        Process nc = forgetfulNc();
        try {
            String seen = terminal.see(screen -> screen.matches("(?s).*CLOSE-WAIT [^\n]+ nc\\[" + nc.pid() + "] fd.*"));
            String why = terminal.press(screen -> screen.contains("seen:"), "Enter");
            terminal.press(WatchIT::isShown, "Escape");
            String plan = terminal.press(screen -> screen.contains("[y/N]"), "c");
            String result = terminal.press(screen -> screen.contains("1 removed"), "y");
            terminal.press(
                    screen -> isShown(screen) && NO_CLOSE_WAIT.matcher(screen).find(), "Escape");

            assertThat(seen).containsPattern("CLOSE-WAIT +1\n").contains(":" + PORT);
            assertThat(why).contains("owner-stopped", "nc[" + nc.pid() + "] is stopped");
            assertThat(plan).contains("planned      CLOSE-WAIT", "shutdown: ", "Remove 1 socket? [y/N]");
            assertThat(result).contains("removed      CLOSE-WAIT");
            assertThat(namespace.tcp().list()).noneMatch(socket -> socket.state() == TcpState.CLOSE_WAIT);
        } finally {
            nc.destroyForcibly();
        }
    }

    @Test
    void theAnswerNoAndADryRunChangeNothing() throws Exception {
        Process nc = forgetfulNc();
        try {
            terminal.type(WATCH, screen -> screen.contains("nc[" + nc.pid() + "] fd"));
            terminal.press(screen -> screen.contains("[y/N]"), "c");
            terminal.press(screen -> screen.contains("nothing changed"), "n");
            String dry = terminal.press(screen -> screen.contains("nothing was changed"), "d");
            terminal.press(WatchIT::isShown, "y", "Escape");

            assertThat(dry).contains("planned      CLOSE-WAIT").doesNotContain("[y/N]");
            assertThat(namespace.tcp().list()).anyMatch(socket -> socket.state() == TcpState.CLOSE_WAIT);
        } finally {
            nc.destroyForcibly();
        }
    }

    @Test
    void aFilterIsCompletedAndItsMistakeShownWithACaret() throws Exception {
        Process nc = forgetfulNc();
        try {
            terminal.type(WATCH, WatchIT::isShown);
            String mistake = terminal.press(screen -> screen.contains("did you mean"), "/", "state closewiat", "Enter");
            terminal.press(screen -> screen.contains("filter: state listening"), "C-u", "state lis", "Tab");
            String filtered =
                    terminal.press(screen -> screen.contains("1 socket, state listening") && isShown(screen), "Enter");

            assertThat(mistake).contains(" state closewiat\n       ^^^^^^^^^\n");
            assertThat(filtered).containsPattern("LISTEN +1 ").containsPattern("CLOSE-WAIT +0\n");
        } finally {
            nc.destroyForcibly();
        }
    }

    @Test
    void followsTheTerminalsSizeAndSaysWhenItIsTooSmall() {
        terminal.type(WATCH, WatchIT::isShown);

        String wide = terminal.resize(120, 30, screen -> screen.contains("SEND-Q"));
        String small = terminal.resize(60, 20, screen -> screen.contains("needs 80x24"));
        String again = terminal.resize(80, 24, WatchIT::isShown);

        assertThat(wide).contains("dry run");
        assertThat(small).startsWith("lastack watch needs 80x24,\nthis terminal has 60x20.");
        assertThat(again).contains("TIME-WAIT");
    }

    @Test
    void quittingGivesTheTerminalBack() {
        terminal.type("s=$(stty -g); " + WATCH + "; [ $s = $(stty -g) ] && echo re''stored", WatchIT::isShown);

        String screen = terminal.press(shown -> shown.contains("restored\n"), "q");

        assertThat(screen).startsWith("$ s=$(stty -g)").doesNotContain("CLOSED");
        assertThat(terminal.run("echo here")).contains("here\ndone: 0");
    }

    @ParameterizedTest
    @CsvSource({"TERM, 143", "HUP, 129", "INT, 130"})
    void aSignalGivesTheTerminalBack(String signal, int code) throws IOException {
        Path pid = folder.resolve("pid");
        terminal.type(
                "s=$(stty -g); sh -c 'echo $$ >" + pid + "; exec " + WATCH
                        + "'; echo \"done: $?\"; [ $s = $(stty -g) ] && echo re''stored",
                WatchIT::isShown);

        namespace.exec("kill", "-" + signal, Files.readString(pid).strip());

        String screen = terminal.see(shown -> shown.contains("restored\n"));
        assertThat(screen).contains("done: " + code).doesNotContain("CLOSED");
    }

    @Test
    void controlCEndsIt() {
        terminal.type(WATCH + Tmux.DONE, WatchIT::isShown);

        assertThat(terminal.press(Tmux::isDone, "C-c")).contains("done: 130");
    }

    @Test
    void controlZStopsItAndTheShellBringsItBack() {
        terminal.type(WATCH, WatchIT::isShown);

        String stopped = terminal.press(screen -> screen.contains("Stopped"), "C-z");
        String back = terminal.press(WatchIT::isShown, "fg", "Enter");
        String quit = terminal.press(screen -> screen.endsWith("$\n") || screen.contains("fg\n"), "q");

        assertThat(stopped).doesNotContain("CLOSED");
        assertThat(back).contains("LISTEN");
        assertThat(quit).doesNotContain("CLOSED");
    }

    @Test
    void pausesHelpsAndMovesBetweenTheLists() throws Exception {
        Process nc = forgetfulNc();
        try {
            terminal.type(WATCH, screen -> screen.contains("nc[" + nc.pid() + "] fd"));

            terminal.press(screen -> screen.contains("PgUp PgDn Home"), "?");
            terminal.press(WatchIT::isShown, "Escape");
            terminal.press(screen -> screen.contains("PAUSED"), "p");
            terminal.press(screen -> screen.contains("every 1s"), "p");
            terminal.press(screen -> screen.contains("Enter its sockets"), "Tab");
            String one = terminal.press(screen -> screen.contains("of nc[" + nc.pid() + "]"), "Enter");

            assertThat(one).contains("nc[" + nc.pid() + "] fd");
        } finally {
            nc.destroyForcibly();
        }
    }

    @Test
    void drawsInAsciiWithoutColoursWhereThatIsWanted() {
        String screen = terminal.type("NO_COLOR=1 " + WATCH + " --ascii", WatchIT::isShown);

        assertThat(screen).matches("[\\x20-\\x7e\\n]*").contains("+---");
        assertThat(terminal.colours()).doesNotContainPattern("\u001b\\[[0-9;]*(3[0-8]|4[0-8]|9[0-7])[;m]");
    }

    @Test
    void theLocaleDecidesAboutAscii() {
        assertThat(terminal.type("LC_ALL=C " + WATCH, WatchIT::isShown)).matches("[\\x20-\\x7e\\n]*");
    }

    @Test
    void aNamespaceThatVanishesLeavesAGap() {
        try (Namespace other = Namespace.open()) {
            Process inhabitant = other.start(new ProcessBuilder("sleep", "600"));
            terminal.type("./lastack watch --netns " + inhabitant.pid(), WatchIT::isShown);

            inhabitant.destroyForcibly();

            String screen = terminal.see(shown -> shown.contains("not seen: network namespace"));
            assertThat(screen).contains("not seen: network namespace " + inhabitant.pid());
            assertThat(terminal.press(shown -> shown.stripTrailing().endsWith("$"), "q"))
                    .doesNotContain("CLOSED");
        }
    }

    @ParameterizedTest
    @CsvSource({"dumb", "''"})
    void aTerminalThatCannotPlaceTextIsRefused(String type) {
        assertThat(terminal.run("TERM=" + type + " " + WATCH))
                .contains("watch needs a terminal that can place text")
                .contains("done: 2");
    }

    @Test
    void aClosedOutputIsNoTerminal() {
        assertThat(terminal.run(WATCH + " >&-")).contains("standard output is none", "done: 2");
    }

    @Test
    void withoutATerminalItSaysSo() {
        Run run = Launcher.in(namespace).run("watch");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).isEqualTo("""
                        lastack: watch needs a terminal, and standard output is none
                        for scripts there are: lastack ls, lastack why
                        """);
    }

    @Test
    void aMistakeInTheFilterIsFoundBeforeTheScreenIsTaken() {
        Run run = Launcher.in(namespace).run("watch", "state closewiat");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("^^^^^^^^^", "close-wait");
    }

    /** JLine's own way leaves a library and a lock for each start. */
    @Test
    void leavesNoFilesBehind() throws IOException {
        terminal.type(WATCH, WatchIT::isShown);

        try (Stream<Path> files = Files.find(
                Path.of(System.getProperty("java.io.tmpdir")),
                2,
                (file, _) -> file.toString().contains("jlinenative"))) {
            assertThat(files).isEmpty();
        }
    }
}
