package lastack.subjects;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** Waits for an answer that its peer does not send, without a timeout. Nothing but its stack has the connection. */
final class BlockedReader {
    private static final List<Socket> PEERS = new ArrayList<>();

    private BlockedReader() {}

    public static void main(String[] args) throws Exception {
        ServerSocket server = Subject.listen();
        Subject.serve(server.getLocalPort(), () -> {
            Subject.start("reader", () -> read(server.getLocalPort()));
            PEERS.add(server.accept());
        });
    }

    private static void read(int port) {
        try (Socket connection = new Socket(Subject.HERE, port)) {
            connection.getInputStream().read();
        } catch (IOException e) {
            System.out.println("reader got: " + e.getMessage());
        }
    }
}
