import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** A busy JVM (17 or later) that holds a socket: prints {@code PID FD INODE}, then answers each line of its input. */
public class JvmTarget {
    static final AtomicLong ALLOCATED = new AtomicLong();

    public static void main(String[] args) throws Exception {
        ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket peer = new Socket(server.getInetAddress(), server.getLocalPort());
        Set<Path> before = sockets();
        Socket held = server.accept();
        Set<Path> added = sockets();
        added.removeAll(before);
        Path fd = added.iterator().next();
        for (int i = 0; i < 16; i++) {
            start(LockSupport::park);
        }
        start(JvmTarget::allocate);
        start(JvmTarget::allocate);
        if (args.length > 0) {
            start(() -> read(held));
            Thread.sleep(200);
        }
        String inode = Files.readSymbolicLink(fd).toString().replaceAll("\\D", "");
        System.out.println(ProcessHandle.current().pid() + " " + fd.getFileName() + " " + inode);
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in));
        while (input.readLine() != null) {
            long allocated = ALLOCATED.get();
            System.gc();
            while (ALLOCATED.get() == allocated) {
                Thread.sleep(1);
            }
            peer.setSoTimeout(1000);
            System.out.println("pong " + peer.getInputStream().read());
            held.close();
        }
        System.exit(0);
    }

    static Set<Path> sockets() throws Exception {
        Set<Path> sockets = new TreeSet<>();
        try (var all = Files.list(Path.of("/proc/self/fd"))) {
            for (Path fd : (Iterable<Path>) all::iterator) {
                if (Files.isSymbolicLink(fd) && Files.readSymbolicLink(fd).toString().startsWith("socket:")) {
                    sockets.add(fd);
                }
            }
        }
        return sockets;
    }

    static void start(Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        thread.start();
    }

    static void read(Socket held) {
        try {
            System.out.println("read=" + held.getInputStream().read());
        } catch (Exception e) {
            System.out.println("read=" + e);
        }
    }

    static void allocate() {
        while (true) {
            List<byte[]> garbage = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                garbage.add(new byte[1000]);
            }
            ALLOCATED.addAndGet(garbage.size());
            LockSupport.parkNanos(1_000_000);
        }
    }
}
