package lastack.kernel.conntrack;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;
import lastack.kernel.Errno;
import lastack.kernel.Kernel;
import lastack.kernel.KernelException;
import lastack.kernel.netlink.NetlinkLink;
import lastack.kernel.netlink.NetlinkMessage;
import lastack.kernel.netlink.NetlinkSocket;
import lastack.model.Family;
import lastack.model.ForwardedConnection;

/** The kernel's table of connections that pass, in one network namespace ({@code CAP_NET_ADMIN}, also to read). */
public final class Conntrack implements AutoCloseable {
    private static final int RECEIVE_BYTES = 64 * 1024;
    private static final int NETLINK_NETFILTER = 12;

    private final NetlinkLink link;
    private final ByteBuffer received = Kernel.memory(RECEIVE_BYTES);
    private final NetlinkMessage message = new NetlinkMessage(received);
    private int sequence;

    /** Talks over an open link; it is closed with this. */
    public Conntrack(NetlinkLink link) {
        this.link = link;
    }

    /** Opens the table of the calling thread's network namespace. */
    public static Conntrack open() throws KernelException {
        return new Conntrack(NetlinkSocket.open(NETLINK_NETFILTER, "NETLINK_NETFILTER"));
    }

    /**
     * Hands every TCP entry of a family to the consumer.
     *
     * @return false when some may be missing or double, because the table changed meanwhile
     * @throws KernelException EPERM without the capability; EINVAL where the kernel has no conntrack
     */
    public boolean dump(Family family, Consumer<ForwardedConnection> consumer) throws KernelException {
        link.send(CtnetlinkReq.dump(++sequence, family));
        boolean consistent = true;
        while (true) {
            receive();
            while (nextAnswer()) {
                consistent &= !message.isInterrupted();
                if (message.isDone() || message.isError()) {
                    throwIfFailed("list conntrack", family.label());
                    return consistent;
                }
                entry().ifPresent(consumer);
            }
        }
    }

    private Optional<ForwardedConnection> entry() {
        boolean isEntry = message.type() == CtnetlinkReq.SUBSYSTEM;
        return isEntry
                ? Optional.ofNullable(CtnetlinkMsg.decode(received, message.payload(), message.end()))
                : Optional.empty();
    }

    /** The same entry as it is now; nothing when it is gone, also when a new one has taken its place. */
    public Optional<ForwardedConnection> find(ForwardedConnection connection) throws KernelException {
        link.send(CtnetlinkReq.find(++sequence, connection));
        receiveAnswer();
        if (message.isError()) {
            if (message.error().equals(Errno.ENOENT)) {
                return Optional.empty();
            }
            throw new KernelException("look up", connection.original().toString(), message.error());
        }
        return entry().filter(connection::isSameAs);
    }

    /**
     * Deletes exactly this entry. By itself that ends no connection: the next packet makes a new entry.
     *
     * @throws KernelException ENOENT when it is gone already
     */
    public void delete(ForwardedConnection connection) throws KernelException {
        link.send(CtnetlinkReq.delete(++sequence, connection));
        receiveAnswer();
        throwIfFailed("delete", connection.original().toString());
    }

    private void receiveAnswer() throws KernelException {
        do {
            receive();
        } while (!nextAnswer());
    }

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

    private void throwIfFailed(String call, String subject) throws KernelException {
        Errno error = message.error();
        if (error.number() != 0) {
            throw new KernelException(call, subject, error);
        }
    }

    @Override
    public void close() {
        link.close();
    }
}
