package lastack.endtoend;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import lastack.testkit.Namespace;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** A terminal of 24 rows with a shell in a namespace, on a tmux server of its own. */
final class Tmux implements AutoCloseable {
    /** Makes the shell show an exit code. */
    static final String DONE = "; echo \"done: $?\"";

    /** Without what this machine's users have set up. */
    static final String BASH = "PS1='$ ' bash --norc --noprofile";

    private final Namespace namespace;
    private final Path socket;

    private Tmux(Namespace namespace, Path socket) {
        this.namespace = namespace;
        this.socket = socket;
    }

    /** Starts it in the root of this checkout, 80 columns wide. */
    static Tmux open(Namespace namespace, Path folder) {
        return open(namespace, folder, 80, BASH);
    }

    /** The same with another width and another shell, whose prompt is a dollar sign. */
    static Tmux open(Namespace namespace, Path folder, int columns, String shell) {
        Tmux terminal = new Tmux(namespace, folder.resolve("tmux"));
        terminal.start(String.valueOf(columns), "env -u NO_COLOR -u COLUMNS LC_ALL=C.UTF-8 HISTFILE= " + shell);
        return terminal;
    }

    private void start(String columns, String shell) {
        tmux("-f", "/dev/null", "new-session", "-d", "-x", columns, "-y", "24", "-c", Launcher.HOME.toString(), shell);
        try {
            await(screen -> screen.startsWith("$"));
        } catch (ConditionTimeoutException e) {
            close();
            throw e;
        }
    }

    /** Types a line, waits until the shell is back, and hands back the screen. */
    String run(String line) {
        return type(line + DONE, Tmux::isDone);
    }

    /** Whether what stands before {@link #DONE} has come to its end; the typed line itself has no digit there. */
    static boolean isDone(String screen) {
        return screen.matches("(?s).*done: \\d.*");
    }

    /** Types a line on an empty screen and waits for what shall be seen; the first rows are what was typed. */
    String type(String line, Predicate<String> seen) {
        return typeAndPress(line, seen, "Enter");
    }

    /** Types what may become a line, presses keys and waits for what shall be seen. */
    String typeAndPress(String beginning, Predicate<String> seen, String... keys) {
        tmux("send-keys", "C-u");
        tmux("send-keys", "clear", "Enter");
        await(screen -> screen.strip().equals("$"));
        tmux("send-keys", "-l", beginning);
        return press(seen, keys);
    }

    /** Presses keys, by their names in tmux, and waits for what shall be seen. */
    String press(Predicate<String> seen, String... keys) {
        List<String> words = new ArrayList<>(List.of("send-keys"));
        words.addAll(List.of(keys));
        tmux(words.toArray(String[]::new));
        return await(seen);
    }

    /** The screen with its colours, as escape sequences. */
    String colours() {
        return tmux("capture-pane", "-p", "-e");
    }

    private String await(Predicate<String> seen) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> tmux("capture-pane", "-p"), seen);
    }

    private String tmux(String... words) {
        List<String> command = new ArrayList<>(List.of(Program.TMUX.path(), "-S", socket.toString()));
        command.addAll(List.of(words));
        return namespace.exec(command.toArray(String[]::new));
    }

    @Override
    public void close() {
        tmux("kill-server");
    }
}
