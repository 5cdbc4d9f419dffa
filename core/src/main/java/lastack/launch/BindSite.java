package lastack.launch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import lastack.kernel.BindTrial;
import lastack.kernel.Errno;
import lastack.kernel.Fd;
import lastack.kernel.KernelException;
import lastack.kernel.NetNs;
import lastack.kernel.SockOpt;
import lastack.model.Family;
import lastack.model.TcpSocket;
import lastack.model.UnavailableException;
import lastack.ports.LocalPort;
import lastack.sockets.Namespaces;
import lastack.sockets.Query;
import lastack.sockets.SocketTable;
import org.jspecify.annotations.Nullable;

/** Where a program wants to bind to: an address and a port, in the network namespace its socket was made in. */
final class BindSite implements AutoCloseable {
    private final HeldCall call;
    private final ByteBuffer sockaddr;
    private final BindAddress address;
    private final Fd namespace;

    private BindSite(HeldCall call, ByteBuffer sockaddr, BindAddress address, Fd namespace) {
        this.call = call;
        this.sockaddr = sockaddr;
        this.address = address;
        this.namespace = namespace;
    }

    /**
     * Reads it from the program that waits.
     *
     * @return null when this bind needs no free port: it lets the kernel choose, or fails anyway
     */
    static @Nullable BindSite of(HeldCall call) throws KernelException {
        ByteBuffer sockaddr = call.arguments().sockaddr(call.caller());
        BindAddress address = BindAddress.decode(sockaddr);
        if (address == null || address.port() == 0 || BindTrial.isBound(call.fd())) {
            return null;
        }
        Fd namespace = namespaceOf(call);
        if (!call.isWaiting()) {
            namespace.close();
            return null;
        }
        return new BindSite(call, sockaddr, address, namespace);
    }

    /** Where one may not ask the socket ({@code CAP_NET_ADMIN}), the namespace of its process must do, if that still waits. */
    private static Fd namespaceOf(HeldCall call) throws KernelException {
        try {
            return NetNs.of(call.fd());
        } catch (KernelException e) {
            return Fd.open("/proc/" + call.caller().tid() + "/ns/net", Fd.READ_ONLY);
        }
    }

    int port() {
        return address.port();
    }

    /** Waits until no other bind of this port is being tried. */
    Turns.Turn turn(Turns turns) throws UnavailableException {
        return turns.take(new Turns.Place(inode(), port()));
    }

    /** Whether the program's bind would say that the address is in use. Any other answer is the kernel's to give. */
    boolean isTaken() throws UnavailableException {
        return inside(() -> {
            Errno errno = BindTrial.attempt(call.fd(), sockaddr);
            return Errno.EADDRINUSE.equals(errno)
                    && CallerRights.of(call.caller()).mayBind(port());
        });
    }

    /** The sockets on the port that can stand in the way. */
    List<TcpSocket> occupants(SocketTable table) throws UnavailableException, KernelException {
        boolean only6 = address.local().address().family() == Family.INET6
                && call.socket().option(SockOpt.IPV6_V6ONLY) != 0;
        return table.snapshot(Query.of(localPort().rivals())).sockets().stream()
                .filter(other -> !only6 || other.local().address().unmapped().family() == Family.INET6)
                .toList();
    }

    LocalPort localPort() {
        return new LocalPort(port(), Optional.of(address.local().address()));
    }

    private long inode() throws UnavailableException {
        try {
            return NetNs.inodeOf(Path.of(namespace.path()));
        } catch (IOException e) {
            throw new UnavailableException("port " + port(), String.valueOf(e.getMessage()), "see lastack doctor");
        }
    }

    /** Does the work in the namespace; takes {@code CAP_SYS_ADMIN} where that is not lastack's own. */
    <T extends @Nullable Object> T inside(Callable<T> work) throws UnavailableException {
        Path path = Path.of(namespace.path());
        try {
            return NetNs.inodeOf(path) == NetNs.current() ? work.call() : Namespaces.inside(path, work);
        } catch (UnavailableException e) {
            throw e;
        } catch (IOException | KernelException e) {
            throw new UnavailableException("port " + port(), String.valueOf(e.getMessage()), "see lastack doctor");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        namespace.close();
    }
}
