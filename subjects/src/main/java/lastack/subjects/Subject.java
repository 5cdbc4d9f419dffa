package lastack.subjects;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** What every subject does beside its leak: it tells where that is, and keeps traffic of its own going until its input ends. */
public final class Subject {
    static final InetAddress HERE = InetAddress.getLoopbackAddress();

    private Subject() {}

    /** Says on which port the leak is, then pings itself until standard input ends, and tells how much of that was lost. */
    public static void serve(int port) throws IOException {
        try (Traffic traffic = new Traffic()) {
            traffic.begin();
            System.out.println("port " + port);
            while (System.in.read() >= 0) {
                // Until whoever started this lets go.
            }
            System.out.println(traffic.end());
        }
        System.exit(0);
    }

    /** A peer that connects, says something, and closes. */
    public static void callAndClose(int port, String words) throws IOException {
        try (Socket peer = new Socket(HERE, port)) {
            peer.getOutputStream().write(words.getBytes(StandardCharsets.US_ASCII));
            peer.getOutputStream().flush();
        }
    }

    static ServerSocket listen() throws IOException {
        return new ServerSocket(0, 128, HERE);
    }

    static Thread start(String name, Body body) {
        Thread thread = new Thread(
                () -> {
                    try {
                        body.run();
                    } catch (Exception e) {
                        System.out.println(name + " ended: " + e);
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** What a thread does. */
    interface Body {
        void run() throws Exception;
    }
}
