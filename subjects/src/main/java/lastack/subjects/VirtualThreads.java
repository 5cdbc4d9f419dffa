package lastack.subjects;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A virtual thread for each connection, every one waiting for a word that does not come; platform threads before Java 21. */
final class VirtualThreads {
    private static final List<Socket> PEERS = new ArrayList<>();

    private VirtualThreads() {}

    public static void main(String[] args) throws Exception {
        ServerSocket server = Subject.listen();
        ExecutorService threads = executor();
        Subject.serve(server.getLocalPort(), () -> {
            PEERS.add(new Socket(Subject.HERE, server.getLocalPort()));
            Socket connection = server.accept();
            threads.execute(() -> read(connection));
        });
    }

    private static void read(Socket connection) {
        try (connection) {
            connection.getInputStream().read();
        } catch (IOException e) {
            System.out.println("reader got: " + e.getMessage());
        }
    }

    private static ExecutorService executor() throws ReflectiveOperationException {
        return Runtime.version().feature() < 21
                ? Executors.newCachedThreadPool()
                : (ExecutorService) Executors.class
                        .getMethod("newVirtualThreadPerTaskExecutor")
                        .invoke(null);
    }
}
