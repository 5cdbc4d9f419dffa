package lastack.subjects;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** Keeps in one list what it has closed, whose descriptor's number the next gets, and in another what it has not. */
final class ClosedStaysInList {
    private static final List<Socket> CLOSED = new ArrayList<>();
    private static final List<Socket> OPEN = new ArrayList<>();

    private ClosedStaysInList() {}

    public static void main(String[] args) throws Exception {
        ServerSocket server = Subject.listen();
        Subject.serve(server.getLocalPort(), () -> leak(server));
    }

    private static void leak(ServerSocket server) throws IOException {
        Subject.callAndClose(server.getLocalPort(), "");
        Socket closed = server.accept();
        closed.close();
        CLOSED.add(closed);
        Subject.callAndClose(server.getLocalPort(), "");
        OPEN.add(server.accept());
    }
}
