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

    /**
     * Leaks once, says on which port, and pings itself; leaks again for each line of its input, and at its end tells how much
     * of the pings was lost.
     */
    public static void serve(int port, Body leak) throws Exception {
        try (Traffic traffic = new Traffic()) {
            traffic.begin();
            leak.run();
            System.out.println("port " + port);
            for (int c = System.in.read(); c >= 0; c = System.in.read()) {
                if (c == '\n') {
                    leak.run();
                    System.out.println("leaked again");
                }
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

    /** What a thread does, or what leaks. */
    public interface Body {
        void run() throws Exception;
    }
}
