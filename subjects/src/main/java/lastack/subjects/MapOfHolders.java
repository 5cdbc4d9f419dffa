package lastack.subjects;

import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps sessions in a map, each with its connection, and forgets to remove them. */
final class MapOfHolders {
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();

    /** One client. */
    static final class Session {
        final Socket connection;

        Session(Socket connection) {
            this.connection = connection;
        }
    }

    private MapOfHolders() {}

    private static final MapOfHolders REGISTRY = new MapOfHolders();

    public static void main(String[] args) throws Exception {
        ServerSocket server = Subject.listen();
        Subject.serve(server.getLocalPort(), () -> {
            Subject.callAndClose(server.getLocalPort(), "");
            REGISTRY.sessions.put("client-" + REGISTRY.sessions.size(), new Session(server.accept()));
        });
    }
}
