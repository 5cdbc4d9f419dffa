package lastack.sockets;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import lastack.filter.Filter;
import lastack.kernel.Errno;
import lastack.kernel.Fd;
import lastack.kernel.KernelException;
import lastack.kernel.NetNs;
import lastack.kernel.diag.SockDiag;
import lastack.kernel.diag.SockDiag.Extent;
import lastack.model.Endpoint;
import lastack.model.Gap;
import lastack.model.NetNamespace;
import lastack.model.Snapshot;
import lastack.model.SocketId;
import lastack.model.SocketView;
import lastack.model.TcpSocket;
import lastack.model.UnavailableException;
import org.jspecify.annotations.Nullable;

/**
 * The TCP sockets of one network namespace.
 *
 * <pre>{@code
 * try (SocketTable table = SocketTable.open()) {
 *     Query query = Query.of(Filter.parse("state close-wait"));
 *     table.stream(query, socket -> System.out.println(socket.id() + " " + socket.owners()));
 * }
 * }</pre>
 *
 * <p>Not for several threads at once.
 */
public final class SocketTable implements AutoCloseable {
    private static final int ATTEMPTS = 3;

    private final SockDiag diag;
    private final SocketDecoder decoder;
    private final SecondLook secondLook;
    private final NetNamespace namespace;

    /** The namespace, so that it stays when the process it was found by ends; nothing for that of the opening thread. */
    private final @Nullable Fd entrance;

    private SocketTable(SockDiag diag, NetNamespace namespace, @Nullable Fd entrance) {
        this.diag = diag;
        this.namespace = namespace;
        this.entrance = entrance;
        this.decoder = new SocketDecoder(namespace, new DeviceNames(diag));
        this.secondLook = new SecondLook(diag, decoder);
    }

    /**
     * Opens the table of the calling thread's namespace. It takes no privilege.
     *
     * @throws UnavailableException where the kernel has no sock_diag, or a seccomp filter forbids it
     */
    public static SocketTable open() throws UnavailableException {
        return open(Namespaces.self(), null);
    }

    static SocketTable open(NetNamespace namespace, @Nullable Fd entrance) throws UnavailableException {
        try {
            return new SocketTable(SockDiag.open(), namespace, entrance);
        } catch (KernelException e) {
            throw unavailable(e);
        }
    }

    /** The table behind a link that is open already; it is closed with this. */
    static SocketTable over(SockDiag diag, NetNamespace namespace) {
        return new SocketTable(diag, namespace, null);
    }

    /**
     * Opens the table of another namespace: its netlink socket stays there, whatever thread uses it later.
     *
     * @param namespacePath as from {@link Namespaces#pathOf}
     * @throws UnavailableException also without {@code CAP_SYS_ADMIN}
     */
    public static SocketTable open(Path namespacePath) throws UnavailableException {
        return enter(Namespaces.at(namespacePath), namespacePath);
    }

    /** Another one may have taken the path meanwhile: then that is named by what it is itself. */
    static SocketTable enter(NetNamespace expected, Path path) throws UnavailableException {
        Fd entrance = Namespaces.entrance(path);
        try {
            return Namespaces.inside(Path.of(entrance.path()), () -> {
                NetNamespace entered = Namespaces.self();
                return open(entered.inode() == expected.inode() ? expected : entered, entrance);
            });
        } catch (UnavailableException e) {
            entrance.close();
            throw e;
        }
    }

    /** The namespace. */
    public NetNamespace namespace() {
        return namespace;
    }

    /**
     * Does the work in the table's namespace: on this thread where that is in it, on one of its own otherwise. For lastack's own remedies.
     *
     * @throws UnavailableException also when it was opened by a thread that has gone to another namespace since
     */
    public <T> T inside(Callable<T> work) throws UnavailableException {
        if (isHere()) {
            return Namespaces.here(work);
        }
        if (entrance == null) {
            throw new UnavailableException(
                    "network namespace " + namespace.label(), "this thread has left it", "open the table by a path");
        }
        return Namespaces.inside(Path.of(entrance.path()), work);
    }

    private boolean isHere() throws UnavailableException {
        try {
            return NetNs.current() == namespace.inode();
        } catch (IOException e) {
            throw new UnavailableException("network namespace", "cannot read /proc/thread-self/ns/net", "mount /proc");
        }
    }

    /** The door behind the table, for lastack's own remedies: what they destroy is in this very namespace. */
    @SuppressWarnings("exports") // Of no use outside this module, which does not export the type.
    public SockDiag diag() {
        return diag;
    }

    /**
     * Hands each matching socket to the consumer while the kernel goes on listing; keeps none.
     *
     * <p>The walk over all processes happens when the first socket that may match turns up, and not at all when none does.
     *
     * @return what could not be seen
     */
    public List<Gap> stream(Query query, Consumer<TcpSocket> consumer) throws UnavailableException {
        return stream(query, new LazyOwners(), consumer);
    }

    /** The same with a walk over the processes that is shared with other namespaces. */
    public List<Gap> stream(Query query, LazyOwners owners, Consumer<TcpSocket> consumer) throws UnavailableException {
        return scan(query, owners, socket -> consumer.accept(socket.keep()));
    }

    /** The same for a consumer that keeps none: each is handed over where the kernel wrote it, and is good until the next. */
    public List<Gap> scan(Query query, LazyOwners owners, Consumer<SocketView> consumer) throws UnavailableException {
        Selection selection = new Selection(query, owners, consumer);
        boolean consistent = dump(query, selection);
        List<Gap> gaps = new ArrayList<>(selection.gaps());
        if (!consistent) {
            gaps.add(new Gap("sockets", "the kernel's table changed while it was read", "look again if one is missed"));
        }
        return gaps;
    }

    /** All matching sockets at once. A dump that was interrupted is repeated up to three times before it becomes a gap. */
    public Snapshot snapshot(Query query) throws UnavailableException {
        return snapshot(query, new LazyOwners());
    }

    /** The same with a walk over the processes that is shared with other namespaces. */
    public Snapshot snapshot(Query query, LazyOwners owners) throws UnavailableException {
        for (int attempt = 1; ; attempt++) {
            List<TcpSocket> sockets = new ArrayList<>();
            Selection selection = new Selection(query, owners, socket -> sockets.add(socket.keep()));
            boolean consistent = dump(query, selection);
            if (consistent || attempt == ATTEMPTS) {
                List<Gap> gaps = new ArrayList<>(selection.gaps());
                if (!consistent) {
                    gaps.add(new Gap("sockets", "the kernel's table changed each time it was read", "look again"));
                }
                return new Snapshot(Instant.now(), Host.name(), sockets, gaps);
            }
        }
    }

    /**
     * Looks again for exactly this socket; empty when it is gone, also when its addresses belong to another now.
     *
     * <p>Owners and details are those of the earlier look.
     */
    public Optional<TcpSocket> findAgain(TcpSocket earlier) throws UnavailableException {
        try {
            return secondLook.at(earlier);
        } catch (KernelException e) {
            throw unavailable(e);
        }
    }

    /** The same for many sockets; those that are still there, by cookie. */
    public Map<Long, TcpSocket> findAgain(List<TcpSocket> earlier) throws UnavailableException {
        try {
            return secondLook.at(earlier);
        } catch (KernelException e) {
            throw unavailable(e);
        }
    }

    /** The socket in this namespace whose two ends are those of the given one the other way round, without its owners. */
    public Optional<TcpSocket> findReversed(TcpSocket socket) throws UnavailableException {
        return findBetween(socket.peer(), socket.local());
    }

    /** The socket in this namespace that has these two ends, without its owners. */
    public Optional<TcpSocket> findBetween(Endpoint localEnd, Endpoint peerEnd) throws UnavailableException {
        Endpoint local = plain(localEnd);
        Endpoint peer = plain(peerEnd);
        SocketId wanted = new SocketId(local.address().family(), local, peer, 0, 0);
        List<TcpSocket> found = new ArrayList<>(1);
        try {
            diag.findAny(wanted, Extent.INFO, message -> {
                if (message.peerPort() == peer.port()) {
                    found.add(decoder.decode(message, false));
                }
            });
        } catch (KernelException e) {
            throw unavailable(e);
        }
        return found.stream().findFirst();
    }

    /** The kernel keeps v4-mapped sockets among those of IPv4. */
    private static Endpoint plain(Endpoint end) {
        return new Endpoint(end.address().unmapped(), end.port());
    }

    private boolean dump(Query query, Selection selection) throws UnavailableException {
        Extent extent = query.details() ? Extent.FULL : Extent.INFO;
        DumpedSocket socket = new DumpedSocket(diag.socket(), decoder, query.details());
        Filter filter = query.filter();
        try {
            return diag.dump(
                    query.families(),
                    filter.stateMask(),
                    extent,
                    filter.narrowing(),
                    message -> selection.offer(socket));
        } catch (KernelException e) {
            throw unavailable(e);
        }
    }

    private static UnavailableException unavailable(KernelException e) {
        String remedy;
        if (e.is(Errno.EPERM) || e.is(Errno.EACCES) || e.is(Errno.ENOSYS)) {
            remedy = "a seccomp filter or security module forbids netlink here; run lastack outside of that sandbox";
        } else if (e.is(Errno.ENOENT) || e.is(Errno.EPROTONOSUPPORT) || e.is(Errno.EAFNOSUPPORT)) {
            remedy = "this kernel lacks CONFIG_INET_DIAG or its module: modprobe tcp_diag";
        } else {
            remedy = "try again; see lastack doctor";
        }
        return new UnavailableException("sock_diag", String.valueOf(e.getMessage()), remedy);
    }

    @Override
    public void close() {
        diag.close();
        if (entrance != null) {
            entrance.close();
        }
    }
}
