package lastack.subjects;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** One connection of the program to itself, on which every byte sent must come back. */
final class Traffic implements AutoCloseable {
    private static final int PAUSE_MILLIS = 5;

    private final ServerSocket server = Subject.listen();
    private volatile boolean ending;
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();
    private Thread pinger = Thread.currentThread();

    Traffic() throws IOException {}

    void begin() {
        Subject.start("echo", this::echo);
        pinger = Subject.start("ping", this::ping);
    }

    private void echo() throws IOException {
        try (Socket connection = server.accept()) {
            InputStream in = connection.getInputStream();
            OutputStream out = connection.getOutputStream();
            for (int b = in.read(); b >= 0; b = in.read()) {
                out.write(b);
            }
        }
    }

    private void ping() throws IOException, InterruptedException {
        try (Socket connection = new Socket(server.getInetAddress(), server.getLocalPort())) {
            connection.setSoTimeout(30_000);
            while (!ending) {
                int expected = sent.getAndIncrement() & 0xff;
                connection.getOutputStream().write(expected);
                if (connection.getInputStream().read() != expected) {
                    lost.incrementAndGet();
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (IOException e) {
            lost.incrementAndGet();
            throw e;
        }
    }

    String end() {
        ending = true;
        try {
            pinger.join(31_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return "traffic sent " + sent + " lost " + lost;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
