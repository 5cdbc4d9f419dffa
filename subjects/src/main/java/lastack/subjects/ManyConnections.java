package lastack.subjects;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicLong;

/** Opens one connection after the other from several threads, plain ones and channels; each byte must come back. */
final class ManyConnections {
    private static final int THREADS = 4;
    private static final AtomicLong DONE = new AtomicLong();

    private ManyConnections() {}

    public static void main(String[] args) throws Exception {
        ServerSocket server = Subject.listen();
        Subject.start("server", () -> serve(server));
        for (int i = 0; i < THREADS; i++) {
            boolean channel = i % 2 == 0;
            Subject.start("client " + i, () -> call(server.getLocalPort(), channel));
        }
        Subject.serve(server.getLocalPort(), () -> System.out.println("connections " + DONE.get()));
    }

    private static void serve(ServerSocket server) throws IOException {
        while (true) {
            try (Socket connection = server.accept()) {
                connection.getOutputStream().write(connection.getInputStream().read());
            }
        }
    }

    /** An exception ends the thread, which says so. */
    private static void call(int port, boolean channel) throws Exception {
        while (true) {
            int answer = channel ? byChannel(port) : bySocket(port);
            if (answer != 42) {
                throw new IOException("answered " + answer);
            }
            DONE.incrementAndGet();
            Thread.sleep(1);
        }
    }

    private static int bySocket(int port) throws IOException {
        try (Socket connection = new Socket(Subject.HERE, port)) {
            connection.getOutputStream().write(42);
            return connection.getInputStream().read();
        }
    }

    private static int byChannel(int port) throws IOException {
        try (SocketChannel connection = SocketChannel.open(new InetSocketAddress(Subject.HERE, port))) {
            ByteBuffer one = ByteBuffer.wrap(new byte[] {42});
            connection.write(one);
            one.clear();
            connection.read(one);
            return one.get(0);
        }
    }
}
