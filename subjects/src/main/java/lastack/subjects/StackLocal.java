package lastack.subjects;

import java.net.ServerSocket;
import java.net.Socket;

/** Has its connection in a local variable of a method that is busy with something else. */
final class StackLocal {
    private StackLocal() {}

    public static void main(String[] args) throws Exception {
        ServerSocket server = Subject.listen();
        Subject.serve(server.getLocalPort(), () -> {
            Subject.callAndClose(server.getLocalPort(), "");
            Subject.start("worker", () -> work(server));
        });
    }

    private static void work(ServerSocket server) throws Exception {
        Socket connection = server.accept();
        Thread.sleep(Long.MAX_VALUE);
        connection.close();
    }
}
