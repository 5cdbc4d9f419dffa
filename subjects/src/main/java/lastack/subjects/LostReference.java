package lastack.subjects;

import java.net.ServerSocket;

/** Forgets what it accepted without closing it. */
final class LostReference {
    private LostReference() {}

    public static void main(String[] args) throws Exception {
        ServerSocket server = Subject.listen();
        Subject.serve(server.getLocalPort(), () -> {
            Subject.callAndClose(server.getLocalPort(), "");
            Subject.start("accepts", server::accept).join();
        });
    }
}
