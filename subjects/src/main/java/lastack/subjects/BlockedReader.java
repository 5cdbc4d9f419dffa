package lastack.subjects;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;

/** Waits for an answer that its peer does not send, without a timeout. Nothing but its stack has the connection. */
final class BlockedReader {
    private BlockedReader() {}

    public static void main(String[] args) throws Exception {
        ServerSocket server = Subject.listen();
        Subject.start("reader", () -> {
            try (Socket connection = new Socket(Subject.HERE, server.getLocalPort())) {
                connection.getInputStream().read();
            } catch (IOException e) {
                System.out.println("reader got: " + e.getMessage());
            }
        });
        Socket silent = server.accept();
        Subject.serve(silent.getLocalPort());
    }
}
