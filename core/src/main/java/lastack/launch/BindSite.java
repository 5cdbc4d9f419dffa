package lastack.launch;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import lastack.kernel.BindTrial;
import lastack.kernel.Errno;
import lastack.kernel.KernelException;
import lastack.kernel.SockOpt;
import lastack.model.Family;
import lastack.model.TcpSocket;
import lastack.model.UnavailableException;
import lastack.ports.LocalPort;
import lastack.sockets.Query;
import lastack.sockets.SocketTable;
import org.jspecify.annotations.Nullable;

/** Where a program wants to bind to: an address and a port, in the network namespace its socket was made in. */
final class BindSite implements AutoCloseable {
    private final HeldCall call;
    private final ByteBuffer sockaddr;
    private final BindAddress address;
    private final SocketNamespace namespace;

    private BindSite(HeldCall call, ByteBuffer sockaddr, BindAddress address, SocketNamespace namespace) {
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
    static @Nullable BindSite of(HeldCall call) throws KernelException, UnavailableException {
        ByteBuffer sockaddr = call.arguments().sockaddr(call.caller());
        BindAddress address = BindAddress.decode(sockaddr);
        if (address == null || address.port() == 0 || BindTrial.isBound(call.fd())) {
            return null;
        }
        SocketNamespace namespace = SocketNamespace.of(call);
        if (!call.isWaiting()) {
            namespace.close();
            return null;
        }
        return new BindSite(call, sockaddr, address, namespace);
    }

    int port() {
        return address.port();
    }

    /** What two binds must not try at the same time. */
    Turns.Place place() {
        return new Turns.Place(namespace.inode(), port());
    }

    /**
     * Lets the bind go on unless it would say that the address is in use; any other answer is the kernel's to give.
     *
     * @param beforehand what is done just before it goes on
     * @return whether it has gone on
     */
    boolean goesOnUnlessTaken(Runnable beforehand) throws KernelException, UnavailableException {
        Errno hindrance = inside(this::hindrance);
        if (Errno.EADDRINUSE.equals(hindrance)) {
            return false;
        }
        beforehand.run();
        if (hindrance == null) {
            call.goOnUntilBound();
        } else {
            call.goOn();
        }
        return true;
    }

    /** A program that has no right to the port hears of that first. */
    private @Nullable Errno hindrance() throws KernelException {
        Errno errno = BindTrial.attempt(call.fd(), sockaddr);
        boolean forbidden = Errno.EADDRINUSE.equals(errno)
                && !CallerRights.of(call.caller()).mayBind(port());
        return forbidden ? Errno.EACCES : errno;
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

    /** Does the work in the namespace of the socket. */
    <T extends @Nullable Object> T inside(Callable<T> work) throws UnavailableException {
        return namespace.inside(work);
    }

    @Override
    public void close() {
        namespace.close();
    }
}
