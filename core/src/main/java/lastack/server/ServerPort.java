package lastack.server;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import lastack.model.IpAddress;
import lastack.model.TcpSocket;
import lastack.model.UnavailableException;
import lastack.ports.BindAnswer;
import lastack.ports.LocalPort;

/**
 * The port of a server written in Java: bound with {@code SO_REUSEADDR}, and waited for where another still has it.
 *
 * <pre>{@code
 * try (ServerSocket server = ServerPort.of(8080).waiting(Duration.ofMinutes(2)).open()) {
 *     serve(server);
 * }
 * }</pre>
 *
 * <p>{@code SO_REUSEADDR} makes a restart possible over the TIME-WAIT of the last run. It takes no port from a program that
 * listens; waiting helps there, for example when the last run still shuts down. Do not wait where somebody must learn at
 * once that two servers were given one port: {@link #open()} without {@link #waiting} fails at once.
 *
 * @param address where to listen; the wildcard address stands for every one, IPv6 and IPv4
 * @param patience how long to wait while another has the port; zero to fail at once
 * @param backlog how many connections may wait to be accepted; 0 for Java's default
 */
public record ServerPort(InetSocketAddress address, Duration patience, int backlog) {
    private static final long PAUSE_MILLIS = 20;
    private static final long SHORT_PAUSE_MILLIS = 1;

    /** A port on every address. */
    public static ServerPort of(int port) {
        return new ServerPort(new InetSocketAddress(port), Duration.ZERO, 0);
    }

    /** A port on one address. */
    public static ServerPort of(InetAddress host, int port) {
        return new ServerPort(new InetSocketAddress(host, port), Duration.ZERO, 0);
    }

    /** The same, waited for. */
    public ServerPort waiting(Duration time) {
        return new ServerPort(address, time, backlog);
    }

    /** The same with another backlog. */
    public ServerPort backlog(int connections) {
        return new ServerPort(address, patience, connections);
    }

    /**
     * Listens with a {@code ServerSocket}.
     *
     * @throws PortTakenException when another still has the port after the time to wait; it says who
     * @throws BindException at once when the address is not this host's, or the port is not permitted
     * @throws InterruptedIOException when the thread is interrupted while it waits
     */
    public ServerSocket open() throws IOException {
        return waitFor(() -> {
            ServerSocket server = new ServerSocket();
            server.setReuseAddress(true);
            return bound(server, () -> server.bind(address, backlog));
        });
    }

    /**
     * Listens with a {@code ServerSocketChannel}.
     *
     * @throws PortTakenException when another still has the port after the time to wait; it says who
     * @throws BindException at once when the address is not this host's, or the port is not permitted
     * @throws InterruptedIOException when the thread is interrupted while it waits
     */
    public ServerSocketChannel openChannel() throws IOException {
        return waitFor(() -> {
            ServerSocketChannel server = ServerSocketChannel.open();
            server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            return bound(server, () -> server.bind(address, backlog));
        });
    }

    /**
     * Closes a connection with a RST instead of a FIN ({@code SO_LINGER} with zero): it leaves neither FIN-WAIT nor TIME-WAIT
     * behind.
     *
     * <p>For a peer that broke the protocol, is not to be waited for, or is known to be gone. Not for an orderly end: what
     * was sent and has not arrived is lost, the peer may even lose what it has received and not read yet, and without
     * TIME-WAIT a late packet can meet the next connection on the same ports.
     */
    public static void abort(Socket connection) throws IOException {
        try (connection) {
            connection.setSoLinger(true, 0);
        }
    }

    /** The same for a channel. */
    public static void abort(SocketChannel connection) throws IOException {
        try (connection) {
            connection.setOption(StandardSocketOptions.SO_LINGER, 0);
        }
    }

    private interface Opening<T> {
        T open() throws IOException;
    }

    private interface Binding {
        void bind() throws IOException;
    }

    /** A server that could not be bound is closed. */
    private static <T extends Closeable> T bound(T server, Binding binding) throws IOException {
        try {
            binding.bind();
            return server;
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    private <T> T waitFor(Opening<T> opening) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                return opening.open();
            } catch (BindException e) {
                boolean free = isFreeNow(e);
                if (System.nanoTime() - deadline >= 0) {
                    throw taken();
                }
                pause(free ? SHORT_PAUSE_MILLIS : PAUSE_MILLIS);
            }
        }
    }

    /**
     * Whether the port has become free since. Java's exception does not tell why, but for words; so the kernel is asked once
     * more.
     */
    private boolean isFreeNow(BindException failure) throws BindException {
        boolean free = true;
        for (BindAnswer trial : port().tryToBind()) {
            String error = trial.errorWithReuse();
            if (error != null && !error.equals("EADDRINUSE")) {
                throw failure;
            }
            free &= error == null;
        }
        return free;
    }

    private LocalPort port() {
        IpAddress host = IpAddress.of(address.getAddress());
        return new LocalPort(address.getPort(), host.isAny() ? Optional.empty() : Optional.of(host));
    }

    private PortTakenException taken() {
        String what = port() + " is still taken after " + patience.toMillis() + " ms";
        try {
            List<TcpSocket> holders = Holders.of(port());
            return new PortTakenException(what + Holders.named(holders), holders);
        } catch (UnavailableException e) {
            return new PortTakenException(what + "; who holds it cannot be seen: " + e.getMessage(), List.of());
        }
    }

    private static void pause(long millis) throws InterruptedIOException {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for a port");
        }
    }
}
