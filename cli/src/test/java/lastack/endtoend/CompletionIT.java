package lastack.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import lastack.model.Family;
import lastack.testkit.Actor;
import lastack.testkit.ActorSocket;
import lastack.testkit.Namespace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** TAB in real shells, with the scripts that {@code lastack completion} prints. */
final class CompletionIT {
    private static final int PORT = 9987;

    /** What is typed, and the line after TAB. */
    private static final Map<String, String> LINES = Map.ofEntries(
            Map.entry("clos", "close"),
            Map.entry("ls state close-w", "ls state close-wait"),
            Map.entry("ls --no-h", "ls --no-header"),
            Map.entry("ls --format=jsonl", "ls --format=jsonl"),
            Map.entry("close --by dest", "close --by destroy"),
            Map.entry("close 'state close-w", "close 'state close-wait"),
            Map.entry("ls sport = :998", "ls sport = :" + PORT),
            Map.entry("free 998", "free " + PORT),
            Map.entry("why comm = acto", "why comm = actor"),
            Map.entry("set state established user-t", "set state established user-timeout="),
            Map.entry("tune show tcp_fin_t", "tune show tcp_fin_timeout"),
            Map.entry("help eof-nev", "help eof-never-read"),
            Map.entry("run --bind reuse -- setpri", "run --bind reuse -- setpriv"));

    enum Shell {
        BASH(Tmux.BASH, "source <(./lastack completion bash)"),
        ZSH(
                "PS1='$ ' " + Program.ZSH.path() + " -f",
                "autoload -U compinit; compinit -u -D; source <(./lastack completion zsh)"),
        FISH(
                Program.FISH.path() + " --no-config --private -C \"function fish_prompt; printf '$ '; end\"",
                "./lastack completion fish | source");

        private final String command;
        private final String setup;

        Shell(String command, String setup) {
            this.command = command;
            this.setup = setup;
        }
    }

    @TempDir
    private Path folder;

    private Namespace namespace;
    private Launcher lastack;
    private Actor actor;

    @BeforeEach
    void open() {
        namespace = Namespace.open();
        lastack = Launcher.in(namespace);
        actor = Actor.in(namespace);
        ActorSocket listener = actor.socket(Family.INET);
        listener.bind("127.0.0.1", PORT);
        listener.listen(1);
    }

    @AfterEach
    void close() {
        actor.close();
        namespace.close();
    }

    private Tmux terminal(Shell shell) {
        Tmux terminal = Tmux.open(namespace, folder, 100, shell.command);
        terminal.type(shell.setup + "; echo re''ady", screen -> screen.contains("ready"));
        return terminal;
    }

    @ParameterizedTest
    @EnumSource(Shell.class)
    void tabCompletesTheWord(Shell shell) {
        try (Tmux terminal = terminal(shell)) {
            LINES.forEach((typed, line) -> terminal.typeAndPress(
                    "./lastack " + typed, screen -> screen.startsWith("$ ./lastack " + line), "Tab"));
        }
    }

    @ParameterizedTest
    @EnumSource(Shell.class)
    void tabTwiceShowsWhatThereIs(Shell shell) {
        try (Tmux terminal = terminal(shell)) {
            String screen = terminal.typeAndPress(
                    "./lastack close state fin-wait-2 --by d",
                    shown -> shown.contains("destroy") && shown.contains("disconnect"),
                    "Tab",
                    "Tab");

            assertThat(screen).doesNotContain("shutdown");
        }
    }

    @Test
    void aScriptIsPrintedForEveryShellAndForNoOther() {
        for (Shell shell : Shell.values()) {
            Run run = lastack.run("completion", shell.name().toLowerCase(Locale.ROOT));

            assertThat(run.exit()).isZero();
            assertThat(run.out()).contains("lastack", "complete --");
        }
        assertThat(lastack.run("completion", "tcsh").exit()).isEqualTo(2);
        assertThat(lastack.run("completion").exit()).isEqualTo(2);
    }
}
