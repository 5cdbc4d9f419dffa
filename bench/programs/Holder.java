import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** {@code Holder PORT THREADS}: a JVM with so many threads besides its own, that accepts one connection and never closes it. */
final class Holder {
    public static void main(String[] args) throws Exception {
        for (int i = 0; i < Integer.parseInt(args[1]); i++) {
            Thread idle = new Thread(Holder::idle);
            idle.setDaemon(true);
            idle.start();
        }
        try (ServerSocket server = new ServerSocket(Integer.parseInt(args[0]), 1, InetAddress.getLoopbackAddress());
                Socket held = server.accept()) {
            Thread.sleep(Long.MAX_VALUE);
        }
    }

    private static void idle() {
        try {
            while (true) {
                Thread.sleep(10);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
