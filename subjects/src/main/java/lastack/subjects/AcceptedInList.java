package lastack.subjects;

import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** Keeps what it accepts in a list, and never closes it. */
final class AcceptedInList {
    private static final List<Socket> ACCEPTED = new ArrayList<>();

    private AcceptedInList() {}

    public static void main(String[] args) throws Exception {
        int count = args.length == 0 ? 3 : Integer.parseInt(args[0]);
        ServerSocket server = Subject.listen();
        Subject.serve(server.getLocalPort(), () -> {
            for (int i = 0; i < count; i++) {
                Subject.callAndClose(server.getLocalPort(), "");
                ACCEPTED.add(server.accept());
            }
        });
    }
}
