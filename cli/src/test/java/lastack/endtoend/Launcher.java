package lastack.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import lastack.testkit.Namespace;

/** {@code ./lastack} as a user starts it inside a namespace, without a terminal. */
final class Launcher {
    /** The root of this checkout: Maven runs the tests in {@code cli}. */
    static final Path HOME = Path.of("..").toAbsolutePath().normalize();

    private static final Path NOWHERE = Path.of("/dev/null");
    private static final int PATIENCE_SECONDS = 60;

    private final Namespace namespace;
    private final Path home;
    private final List<String> before;
    private final Map<String, String> environment;

    private Launcher(Namespace namespace, Path home, List<String> before, Map<String, String> environment) {
        this.namespace = namespace;
        this.home = home;
        this.before = before;
        this.environment = environment;
    }

    /** The launcher of this checkout. The build must be finished: a test is no time to build. */
    static Launcher in(Namespace namespace) {
        Warm.up();
        return new Launcher(namespace, HOME, List.of(), Map.of());
    }

    /** The first start makes the AOT cache, with sockets of its own; that shall not happen in a test's namespace. */
    private static final class Warm {
        private static final Run FIRST = start();

        private static Run start() {
            assertThat(HOME.resolve("cli/target/lastack.jar"))
                    .as("these tests run after package: mvn verify")
                    .exists();
            try (Namespace namespace = Namespace.open()) {
                return new Launcher(namespace, HOME, List.of(), Map.of()).run("--version");
            }
        }

        static void up() {
            assertThat(FIRST.err()).as("nothing is left to build").isEmpty();
            assertThat(FIRST.exit()).isZero();
        }
    }

    /** The same with the words of another program in front, such as {@code setpriv}. */
    Launcher behind(String... words) {
        return new Launcher(namespace, home, List.of(words), environment);
    }

    /** The same with one more environment variable. */
    Launcher with(String name, String value) {
        return new Launcher(namespace, home, before, Map.of(name, value));
    }

    /** The same with a copy of the finished program, which other users may read. */
    Launcher from(Path copy) {
        return new Launcher(namespace, copy, before, environment);
    }

    /** Runs one command line to its end. Whatever it was, a stack trace is never the answer. */
    Run run(String... args) {
        return run(Redirect.PIPE, args);
    }

    /** The same with standard output somewhere else. */
    Run run(Redirect output, String... args) {
        ProcessBuilder builder = new ProcessBuilder(command(args))
                .directory(home.toFile())
                .redirectInput(NOWHERE.toFile())
                .redirectOutput(output);
        builder.environment().keySet().removeAll(List.of("NO_COLOR", "SSH_CONNECTION", "LC_ALL"));
        builder.environment().putAll(environment);
        Run run = finish(namespace.start(builder), builder.command());
        assertThat(run.err()).as("no stack trace").doesNotContain("\tat ").doesNotContain("Exception");
        return run;
    }

    private List<String> command(String... args) {
        List<String> command = new ArrayList<>(before);
        command.add(home.resolve("lastack").toString());
        command.addAll(List.of(args));
        return command;
    }

    private static Run finish(Process process, List<String> command) {
        CompletableFuture<String> err = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
        String out = text(process.getInputStream());
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(command + " does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return new Run(process.exitValue(), out, err.join());
    }

    private static String text(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies the finished program, without its sources, to where every user may read it. */
    static void copyTo(Path folder) throws IOException {
        Warm.up();
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (String name : List.of(
                "lastack",
                "scripts/start.bash",
                "cli/target/lastack.jar",
                "cli/target/lastack.aot",
                "cli/target/jdk")) {
            Path copy = folder.resolve(name);
            Files.createDirectories(copy.getParent());
            Files.copy(HOME.resolve(name), copy, StandardCopyOption.COPY_ATTRIBUTES);
        }
    }
}
