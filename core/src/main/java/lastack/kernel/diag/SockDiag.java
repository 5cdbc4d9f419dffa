package lastack.kernel.diag;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import lastack.kernel.Errno;
import lastack.kernel.Kernel;
import lastack.kernel.KernelException;
import lastack.kernel.netlink.NetlinkLink;
import lastack.kernel.netlink.NetlinkMessage;
import lastack.kernel.netlink.NetlinkSocket;
import lastack.model.Family;
import lastack.model.SocketId;
import org.jspecify.annotations.Nullable;

/** The kernel's table of TCP sockets in one network namespace: list, look up one, destroy one. */
public final class SockDiag implements AutoCloseable {
    /** A dump datagram is at most 32 KiB; twice that leaves room for later kernels. */
    private static final int RECEIVE_BYTES = 64 * 1024;

    private static final int NETLINK_SOCK_DIAG = 4;

    /** Both halves {@code ~0U}: any cookie will do. */
    private static final long INET_DIAG_NOCOOKIE = -1;

    private final NetlinkLink link;
    private final ByteBuffer received = Kernel.memory(RECEIVE_BYTES);
    private final NetlinkMessage message = new NetlinkMessage(received);
    private final InetDiagMsg socket = new InetDiagMsg(received);
    private final InetDiagReq request = new InetDiagReq();
    private int sequence;

    /** Talks over an open link; it is closed with this. */
    public SockDiag(NetlinkLink link) {
        this.link = link;
    }

    /** Opens the table of the calling thread's network namespace. */
    public static SockDiag open() throws KernelException {
        return new SockDiag(NetlinkSocket.open(NETLINK_SOCK_DIAG, "NETLINK_SOCK_DIAG"));
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
        link.send(request.dump(++sequence, family, states, extent.extensions));
        boolean consistent = true;
        while (true) {
            consistent &= receiveSomeOfDump();
            while (nextAnswer()) {
                consistent &= !message.isInterrupted();
                if (message.isDone() || message.isError()) {
                    throwIfFailed("dump", family.label());
                    return consistent;
                }
                if (socket.wrap(message.payload(), message.end())) {
                    consumer.accept(socket);
                }
            }
        }
    }

    /** Receives the next part of a dump; false when the kernel had to throw a part away (ENOBUFS). */
    private boolean receiveSomeOfDump() throws KernelException {
        try {
            receive();
            return true;
        } catch (KernelException e) {
            if (!e.is(Errno.ENOBUFS)) {
                throw e;
            }
            return false;
        }
    }

    /**
     * Looks for exactly this socket.
     *
     * @param consumer sees the socket in place, when it is there
     * @return whether it is there; a socket with other cookie on the same addresses does not count
     */
    public boolean find(SocketId id, Extent extent, Consumer<InetDiagMsg> consumer) throws KernelException {
        link.send(request.find(++sequence, id, extent.extensions));
        receiveAnswer();
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
        link.send(request.find(++sequence, any, extent.extensions));
        receiveAnswer();
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
        link.send(request.destroy(++sequence, id));
        receiveAnswer();
        throwIfFailed("destroy", id);
    }

    /** The name of a network interface in the table's namespace, or null when it has none. */
    public @Nullable String deviceName(int index) {
        return link.deviceName(index);
    }

    /** Receives until the answer to the last request stands in {@link #message}. */
    private void receiveAnswer() throws KernelException {
        do {
            receive();
        } while (!nextAnswer());
    }

    /** Moves to the next message that answers the last request; others answer one that was given up. */
    private boolean nextAnswer() {
        while (message.next()) {
            if (message.sequence() == sequence) {
                return true;
            }
        }
        return false;
    }

    private void receive() throws KernelException {
        message.rewind();
        received.limit(0);
        link.receive(received);
    }

    private void throwIfFailed(String call, Object subject) throws KernelException {
        Errno error = message.error();
        if (error.number() != 0) {
            throw new KernelException(call, subject.toString(), error);
        }
    }

    @Override
    public void close() {
        link.close();
    }
}
