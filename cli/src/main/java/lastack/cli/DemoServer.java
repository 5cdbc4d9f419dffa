package lastack.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lastack.filter.Filter;
import lastack.filter.FilterSyntaxException;
import lastack.model.UnavailableException;
import lastack.sockets.Query;
import lastack.sockets.SocketTable;
import org.jspecify.annotations.Nullable;

/** A server that forgets its first connection, in a process of its own: lastack never touches what it holds itself. */
final class DemoServer implements AutoCloseable {
    private static final int LOOKS = 200;
    private static final long PAUSE_MILLIS = 10;

    private final Process process;
    private final int port;

    private DemoServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** The server's own program: forgets the first connection, answers all later ones, ends when its input does. */
    public static void main(String[] args) {
        try {
            serve();
        } catch (IOException e) {
            System.out.println(e.getMessage());
        }
    }

    private static void serve() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            System.out.println(server.getLocalPort());
            endWithParent();
            Socket forgotten = server.accept();
            while (!forgotten.isClosed()) {
                try (Socket client = server.accept()) {
                    client.getOutputStream().write('!');
                }
            }
        }
    }

    private static void endWithParent() {
        Thread.ofPlatform().daemon().start(() -> {
            try {
                while (System.in.read() >= 0) {
                    // Only the end counts.
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                Runtime.getRuntime().halt(0);
            }
        });
    }

    static DemoServer start() throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DemoServer.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String line = process.inputReader(StandardCharsets.US_ASCII).readLine();
        return new DemoServer(process, port(line));
    }

    /** The port the server tells, or what it failed from. */
    private static int port(@Nullable String line) throws IOException {
        if (line == null || !line.matches("\\d+")) {
            throw new IOException("its server did not start" + (line == null ? "" : ": " + line));
        }
        return Integer.parseInt(line);
    }

    long pid() {
        return process.pid();
    }

    int port() {
        return port;
    }

    /** Connects, says hello, closes, and waits until the server's end has seen it. */
    void leakOneConnection() throws IOException, FilterSyntaxException, UnavailableException {
        try (Socket client = connect()) {
            client.getOutputStream().write("hello".getBytes(StandardCharsets.US_ASCII));
        }
        for (int look = 0; look < LOOKS && !hasCloseWait(); look++) {
            pause();
        }
    }

    private boolean hasCloseWait() throws FilterSyntaxException, UnavailableException {
        List<Object> found = new ArrayList<>();
        try (SocketTable table = SocketTable.open()) {
            Filter filter = Filter.parse("state close-wait sport = :" + port);
            table.stream(Query.of(filter).withoutOwners(), found::add);
        }
        return !found.isEmpty();
    }

    /** Whether a new connection is served. */
    boolean answers() throws IOException {
        try (Socket client = connect();
                InputStream in = client.getInputStream()) {
            return in.read() == '!';
        }
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), port);
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
