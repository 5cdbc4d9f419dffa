package lastack.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import lastack.testkit.Namespace;

/** One of the leaking programs of the module {@code subjects}, in a namespace, on the Java of one's choice. */
final class JavaProgram implements AutoCloseable {
    private static final Path SUBJECTS = Launcher.HOME.resolve("subjects/target");
    private static final int PATIENCE_SECONDS = 60;

    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final Queue<String> output = new ConcurrentLinkedQueue<>();
    private final int port;

    private JavaProgram(Process process) {
        this.process = process;
        Thread.ofPlatform().daemon().start(this::read);
        this.port = Integer.parseInt(await("port ").substring("port ".length()));
    }

    /**
     * Starts it, and waits until it has leaked.
     *
     * @param java 17 or 25
     * @param before options of the JVM, and words in front of it such as {@code setpriv}
     */
    static JavaProgram start(Namespace namespace, int java, List<String> before, List<String> options, String... main) {
        List<String> command = new ArrayList<>(before);
        command.add(home(java).resolve("bin/java").toString());
        // Room enough that what is lost is not collected while it is looked at.
        command.addAll(List.of("-Xmx128m", "-Xmn96m"));
        command.add("-XX:TieredStopAtLevel=1");
        // What comes in by an agent causes no collection, so that lost sockets stay lost for as long as a test takes.
        command.add("-XX:MetaspaceSize=64m");
        command.addAll(options);
        command.addAll(List.of("-cp", SUBJECTS.resolve("classes") + ":" + SUBJECTS.resolve("lib") + "/*"));
        command.add("lastack.subjects." + main[0]);
        command.addAll(List.of(main).subList(1, main.length));
        return new JavaProgram(namespace.start(new ProcessBuilder(command).redirectErrorStream(true)));
    }

    static JavaProgram start(Namespace namespace, int java, String... main) {
        return start(namespace, java, List.of(), List.of(), main);
    }

    /** Where a JDK or JRE of this version is. */
    static Path home(int java) {
        if (Runtime.version().feature() == java) {
            return Path.of(System.getProperty("java.home"));
        }
        try (Stream<Path> homes = Files.list(Path.of("/usr/lib/jvm"))) {
            return homes.filter(home -> isVersion(home, java))
                    .findFirst()
                    .orElseThrow(
                            () -> new IllegalStateException("these tests need a Java " + java + " under /usr/lib/jvm"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isVersion(Path home, int java) {
        try {
            return Files.isExecutable(home.resolve("bin/java"))
                    && Files.readString(home.resolve("release")).contains("JAVA_VERSION=\"" + java + ".");
        } catch (IOException e) {
            return false;
        }
    }

    private void read() {
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                output.add(line);
                lines.add(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String await(String beginning) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        try {
            while (true) {
                String line = lines.poll(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
                if (line == null) {
                    process.destroyForcibly();
                    throw new IllegalStateException("no line '" + beginning + "...' in: " + output);
                }
                if (line.startsWith(beginning)) {
                    return line;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    int pid() {
        return (int) process.pid();
    }

    /** Where it leaks: its own port, or that of the server it is a client of. */
    int port() {
        return port;
    }

    /** All it has printed so far. */
    String output() {
        return String.join("\n", output);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    void leakAgain() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
        await("leaked again");
    }

    void signal(Namespace namespace, String name) {
        namespace.exec("bash", "-c", "kill -" + name + " " + pid());
    }

    /** Ends it in good order; its own traffic has lost nothing. */
    void endsHavingLostNothing() throws IOException {
        process.getOutputStream().close();
        assertThat(await("traffic ")).matches("traffic sent [1-9][0-9]* lost 0");
        process.onExit().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }
}
