package lastack.kernel.conntrack;

import java.util.Optional;
import java.util.function.Consumer;
import lastack.kernel.Errno;
import lastack.kernel.KernelException;
import lastack.kernel.netlink.NetlinkConversation;
import lastack.kernel.netlink.NetlinkLink;
import lastack.kernel.netlink.NetlinkMessage;
import lastack.kernel.netlink.NetlinkSocket;
import lastack.model.Family;
import lastack.model.Flow;
import lastack.model.ForwardedConnection;

/** The kernel's table of connections that pass, in one network namespace ({@code CAP_NET_ADMIN}, also to read). */
public final class Conntrack implements AutoCloseable {
    private static final int NETLINK_NETFILTER = 12;

    private final NetlinkConversation kernel;
    private final NetlinkMessage message;

    /** Talks over an open link; it is closed with this. */
    public Conntrack(NetlinkLink link) {
        this.kernel = new NetlinkConversation(link);
        this.message = kernel.message();
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
        return kernel.dump(
                CtnetlinkReq.dump(kernel.nextNumber(), family),
                "list conntrack",
                family.label(),
                () -> entry().ifPresent(consumer));
    }

    private Optional<ForwardedConnection> entry() {
        boolean isEntry = message.type() == CtnetlinkReq.SUBSYSTEM;
        return isEntry
                ? Optional.ofNullable(CtnetlinkMsg.decode(kernel.received(), message.payload(), message.end()))
                : Optional.empty();
    }

    /** The same entry as it is now; nothing when it is gone, also when a new one has taken its place. */
    public Optional<ForwardedConnection> find(ForwardedConnection connection) throws KernelException {
        return find(connection.original(), connection.zone()).filter(connection::isSameAs);
    }

    /** The entry one of whose two directions is this one, in the usual zone; nothing when there is none. */
    public Optional<ForwardedConnection> find(Flow flow) throws KernelException {
        return find(flow, 0);
    }

    private Optional<ForwardedConnection> find(Flow flow, int zone) throws KernelException {
        kernel.ask(CtnetlinkReq.find(kernel.nextNumber(), flow, zone));
        if (message.isError()) {
            if (message.error().equals(Errno.ENOENT)) {
                return Optional.empty();
            }
            throw new KernelException("look up", flow.toString(), message.error());
        }
        return entry();
    }

    /**
     * Deletes exactly this entry. By itself that ends no connection: the next packet makes a new entry.
     *
     * @throws KernelException ENOENT when it is gone already
     */
    public void delete(ForwardedConnection connection) throws KernelException {
        kernel.ask(CtnetlinkReq.delete(kernel.nextNumber(), connection));
        kernel.throwIfFailed("delete", connection.original().toString());
    }

    @Override
    public void close() {
        kernel.close();
    }
}
