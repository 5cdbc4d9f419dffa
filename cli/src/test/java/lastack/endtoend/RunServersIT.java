package lastack.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import lastack.model.TcpState;
import lastack.testkit.Namespace;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers of other makers cannot bind to a port with a leftover on it, and can below {@code lastack run}. */
final class RunServersIT {
    private static final int PORT = 7000;

    @TempDir
    private Path folder;

    private Namespace namespace;

    /** Which server. */
    enum Kind {
        NC {
            @Override
            List<String> command(Path folder) {
                return List.of(Program.NC.path(), "-l", "127.0.0.1", "" + PORT);
            }
        },
        HTTP_SERVER {
            @Override
            List<String> command(Path folder) {
                return List.of(Program.PYTHON3.path(), "-m", "http.server", "--bind", "127.0.0.1", "" + PORT);
            }
        },
        REDIS {
            @Override
            List<String> command(Path folder) {
                return List.of(Program.REDIS_SERVER.path(), "--port", "" + PORT, "--bind", "127.0.0.1", "--save", "");
            }
        },
        NGINX {
            @Override
            List<String> command(Path folder) throws IOException {
                Path file = Files.writeString(folder.resolve("nginx.conf"), """
                        daemon off;
                        pid nginx.pid;
                        error_log stderr;
                        events {}
                        http { access_log off; client_body_temp_path t; server { listen 127.0.0.1:%d; } }
                        """.formatted(PORT));
                return List.of(Program.NGINX.path(), "-p", folder.toString(), "-c", file.toString());
            }
        },
        JVM {
            @Override
            List<String> command(Path folder) throws IOException {
                Path file = Files.writeString(folder.resolve("Server.java"), """
                        import java.net.*;
                        class Server {
                            public static void main(String[] args) throws Exception {
                                ServerSocket server = new ServerSocket();
                                server.setReuseAddress(false);
                                server.bind(new InetSocketAddress("127.0.0.1", %d));
                                server.accept();
                            }
                        }
                        """.formatted(PORT));
                return List.of(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(), file.toString());
            }
        },
        SHELL_SCRIPT {
            @Override
            List<String> command(Path folder) throws IOException {
                String line = "echo starting\n" + String.join(" ", NC.command(folder)) + "\n";
                return List.of(
                        "sh",
                        Files.writeString(folder.resolve("start.sh"), line).toString());
            }
        };

        abstract List<String> command(Path folder) throws IOException;
    }

    @BeforeEach
    void open() {
        namespace = Namespace.open();
        Launcher.in(namespace);
    }

    @AfterEach
    void close() {
        namespace.close();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void cannotBindWithoutAndBindsOverEvictedLeftover(Kind kind) throws Exception {
        List<String> command = kind.command(folder);
        Leftover.timeWait(namespace, PORT, false);

        assertThat(failure(command)).containsIgnoringCase("in use");

        assertListens(command, "--bind", "evict");
    }

    /** These do not set SO_REUSEADDR; the other servers do so by themselves. */
    @ParameterizedTest
    @EnumSource(names = "JVM")
    void cannotBindWithoutAndBindsBesideLeftoverWithReuse(Kind kind) throws Exception {
        List<String> command = kind.command(folder);
        Leftover.timeWait(namespace, PORT, true);

        assertThat(failure(command)).containsIgnoringCase("in use");

        assertListens(command, "--bind", "reuse");
        assertThat(leftovers()).isPositive();
    }

    @ParameterizedTest
    @EnumSource(names = {"NC", "REDIS", "SHELL_SCRIPT"})
    void waitsUntilTheLeftoverIsGone(Kind kind) throws Exception {
        List<String> command = kind.command(folder);
        Leftover.timeWait(namespace, PORT, false);
        Path log = folder.resolve("log");
        Process server = start(log, run(command, "--bind", "wait"));
        try {
            Wait.until(() -> Files.readString(log).contains("waiting for port " + PORT + ": TIME-WAIT"));
            assertThat(listeners()).isZero();

            Launcher.in(namespace).run("close", "--yes", "state", "time-wait");

            Wait.until(() -> listeners() == 1);
            Wait.until(() -> Files.readString(log).contains("port " + PORT + " is free after"));
        } finally {
            end(server);
        }
    }

    private String failure(List<String> command) throws Exception {
        Path log = folder.resolve("failure");
        Process server = start(log, command);
        assertThat(server.waitFor(30, TimeUnit.SECONDS)).as("ends by itself").isTrue();
        assertThat(server.exitValue()).isNotZero();
        return Files.readString(log);
    }

    private void assertListens(List<String> command, String... options) throws Exception {
        Path log = folder.resolve("log");
        Process server = start(log, run(command, options));
        try {
            Wait.until(() -> listeners() == 1);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(Files.readString(log), e);
        } finally {
            end(server);
        }
    }

    private static List<String> run(List<String> command, String... options) {
        List<String> words =
                new ArrayList<>(List.of(Launcher.HOME.resolve("lastack").toString(), "run"));
        words.addAll(List.of(options));
        words.add("--");
        words.addAll(command);
        return words;
    }

    private Process start(Path log, List<String> command) {
        return namespace.start(new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(log.toFile())));
    }

    /** The servers of a shell script are its children; they go first. */
    private static void end(Process server) throws InterruptedException {
        server.descendants().forEach(ProcessHandle::destroyForcibly);
        server.destroyForcibly().waitFor();
    }

    private long listeners() {
        return namespace.tcp().count(TcpState.LISTEN);
    }

    private long leftovers() {
        return namespace.tcp().count(TcpState.TIME_WAIT);
    }
}
