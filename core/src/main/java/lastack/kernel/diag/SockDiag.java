package lastack.kernel.diag;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import lastack.kernel.Errno;
import lastack.kernel.KernelException;
import lastack.kernel.netlink.NetlinkConversation;
import lastack.kernel.netlink.NetlinkLink;
import lastack.kernel.netlink.NetlinkMessage;
import lastack.kernel.netlink.NetlinkSocket;
import lastack.model.Family;
import lastack.model.Narrowing;
import lastack.model.SocketId;
import org.jspecify.annotations.Nullable;

/** The kernel's table of TCP sockets in one network namespace: list, look up one, destroy one. */
public final class SockDiag implements AutoCloseable {
    private static final int NETLINK_SOCK_DIAG = 4;

    /** Both halves {@code ~0U}: any cookie will do. */
    private static final long INET_DIAG_NOCOOKIE = -1;

    private static final byte[] EVERYTHING = {};

    private final NetlinkLink link;
    private final NetlinkConversation kernel;
    private final NetlinkMessage message;
    private final InetDiagMsg socket;
    private final InetDiagReq request = new InetDiagReq();
    private final DestroyRequests destroyRequests;

    /** Talks over an open link; it is closed with this. */
    public SockDiag(NetlinkLink link) {
        this.link = link;
        this.kernel = new NetlinkConversation(link);
        this.destroyRequests = new DestroyRequests(kernel, request);
        this.message = kernel.message();
        this.socket = new InetDiagMsg(kernel.received());
    }

    /** Opens the table of the calling thread's network namespace. */
    public static SockDiag open() throws KernelException {
        return new SockDiag(NetlinkSocket.open(NETLINK_SOCK_DIAG, "NETLINK_SOCK_DIAG"));
    }

    /** The socket that was handed to a consumer last, always in the same place. */
    public InetDiagMsg socket() {
        return socket;
    }

    /** What beyond the fixed part a dump asks for: a set of {@code 1 << (INET_DIAG_* - 1)}. */
    public enum Extent {
        /** Addresses, state, queues, owner's uid and inode. */
        PLAIN(0),
        /** With {@code struct tcp_info}, which the ages are computed from. */
        INFO(1 << (InetDiagMsg.INET_DIAG_INFO - 1)),
        /** With everything ss can show. */
        FULL(1 << (InetDiagMsg.INET_DIAG_INFO - 1)
                | 1 << (InetDiagMsg.INET_DIAG_CONG - 1)
                | 1 << (InetDiagMsg.INET_DIAG_SKMEMINFO - 1));

        private final int extensions;

        Extent(int extensions) {
            this.extensions = extensions;
        }
    }

    /**
     * Hands every socket of a family in the given states to the consumer, while the kernel goes on listing.
     *
     * @param states a set of {@code 1 << state} bits
     * @param consumer sees each socket in place; it must copy what it keeps
     * @return false when the kernel says that its tables changed meanwhile, so that some may be missing or double
     */
    public boolean dump(Family family, int states, Extent extent, Consumer<InetDiagMsg> consumer)
            throws KernelException {
        return list(Set.of(family), states, extent, EVERYTHING, consumer);
    }

    /**
     * The same for one or both families, these in one pass.
     *
     * @param only what the kernel need not hand over, where it can tell; who asks looks at each socket all the same
     */
    public boolean dump(
            Set<Family> families, int states, Extent extent, @Nullable Narrowing only, Consumer<InetDiagMsg> consumer)
            throws KernelException {
        byte[] program = only == null ? EVERYTHING : Bytecode.of(only);
        try {
            return list(families, states, extent, program, consumer);
        } catch (KernelException e) {
            boolean refused = e.is(Errno.EINVAL) || e.is(Errno.EPERM);
            if (program.length == 0 || !refused) {
                throw e;
            }
            // An older kernel may not know an operation, and to ask for a mark takes CAP_NET_ADMIN.
            return list(families, states, extent, EVERYTHING, consumer);
        }
    }

    private boolean list(
            Set<Family> families, int states, Extent extent, byte[] program, Consumer<InetDiagMsg> consumer)
            throws KernelException {
        ByteBuffer question = ListRequest.of(kernel.nextNumber(), families, states, extent.extensions, program);
        return kernel.dump(question, "dump", "sockets", () -> {
            if (socket.wrap(message.payload(), message.end())) {
                consumer.accept(socket);
            }
        });
    }

    /**
     * Looks for exactly this socket.
     *
     * @param consumer sees the socket in place, when it is there
     * @return whether it is there; a socket with other cookie on the same addresses does not count
     */
    public boolean find(SocketId id, Extent extent, Consumer<InetDiagMsg> consumer) throws KernelException {
        kernel.ask(request.find(kernel.nextNumber(), id, extent.extensions));
        if (message.isError()) {
            if (message.error().equals(Errno.ENOENT) || message.error().equals(Errno.ESTALE)) {
                return false;
            }
            throw new KernelException("look up", id.toString(), message.error());
        }
        if (!socket.wrap(message.payload(), message.end()) || socket.cookie() != id.cookie()) {
            return false;
        }
        consumer.accept(socket);
        return true;
    }

    /**
     * Looks for whatever socket has these addresses; a listener on the local one where no connection has both.
     *
     * @return whether there is one
     */
    public boolean findAny(SocketId id, Extent extent, Consumer<InetDiagMsg> consumer) throws KernelException {
        SocketId any = new SocketId(id.family(), id.local(), id.peer(), id.deviceIndex(), INET_DIAG_NOCOOKIE);
        kernel.ask(request.find(kernel.nextNumber(), any, extent.extensions));
        if (message.isError() || !socket.wrap(message.payload(), message.end())) {
            return false;
        }
        consumer.accept(socket);
        return true;
    }

    /**
     * Destroys exactly this socket ({@code SOCK_DESTROY}, Linux 4.5; {@code CAP_NET_ADMIN}, {@code CONFIG_INET_DIAG_DESTROY}).
     *
     * @throws KernelException ENOENT when it is gone already; EPERM without the capability; EOPNOTSUPP when the kernel cannot
     */
    public void destroy(SocketId id) throws KernelException {
        kernel.ask(request.destroy(kernel.nextNumber(), id));
        kernel.throwIfFailed("destroy", id);
    }

    /**
     * The same for many sockets at once, in fewer calls.
     *
     * @return for each the error that {@link #destroy(SocketId)} would throw, {@link Errno#NONE} where it is destroyed
     */
    public List<Errno> destroy(List<SocketId> ids) throws KernelException {
        return destroyRequests.make(ids);
    }

    /** The name of a network interface in the table's namespace, or null when it has none. */
    public @Nullable String deviceName(int index) {
        return link.deviceName(index);
    }

    @Override
    public void close() {
        kernel.close();
    }
}
