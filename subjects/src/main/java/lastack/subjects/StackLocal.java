package lastack.subjects;

import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** Has its connection in a local variable of a method that is busy with something else; beside so many megabytes of small objects. */
final class StackLocal {
    private static final int OBJECTS_PER_MEGABYTE = 36_000;
    private static final List<Object[]> BALLAST = new ArrayList<>();

    private StackLocal() {}

    public static void main(String[] args) throws Exception {
        int megabytes = args.length == 0 ? 0 : Integer.parseInt(args[0]);
        for (int i = 0; i < megabytes; i++) {
            BALLAST.add(megabyte());
        }
        ServerSocket server = Subject.listen();
        Subject.serve(server.getLocalPort(), () -> {
            Subject.callAndClose(server.getLocalPort(), "");
            Subject.start("worker", () -> work(server));
        });
    }

    /** Each of 24 bytes, and four for its place. */
    private static Object[] megabyte() {
        Object[] objects = new Object[OBJECTS_PER_MEGABYTE];
        for (int i = 0; i < objects.length; i++) {
            objects[i] = new Object[] {objects};
        }
        return objects;
    }

    private static void work(ServerSocket server) throws Exception {
        Socket connection = server.accept();
        Thread.sleep(Long.MAX_VALUE);
        connection.close();
    }
}
