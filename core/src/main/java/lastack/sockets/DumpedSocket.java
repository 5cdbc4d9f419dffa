package lastack.sockets;

import java.util.List;
import lastack.kernel.diag.InetDiagMsg;
import lastack.model.Age;
import lastack.model.Endpoint;
import lastack.model.NetNamespace;
import lastack.model.Owner;
import lastack.model.SocketId;
import lastack.model.SocketView;
import lastack.model.TcpSocket;
import lastack.model.TcpState;
import lastack.model.Timer;
import org.jspecify.annotations.Nullable;

/** The socket that lies in the receive buffer now; what it tells is worked out when it is asked for. */
final class DumpedSocket implements SocketView {
    private final InetDiagMsg message;
    private final SocketDecoder decoder;
    private final boolean detailed;
    private List<Owner> owners = List.of();

    /**
     * A view that follows the message from socket to socket.
     *
     * @param detailed whether more than the mark is told of {@link #details}
     */
    DumpedSocket(InetDiagMsg message, SocketDecoder decoder, boolean detailed) {
        this.message = message;
        this.decoder = decoder;
        this.detailed = detailed;
    }

    /** Says who holds the present one. */
    void ownedBy(List<Owner> newOwners) {
        owners = newOwners;
    }

    @Override
    public SocketId id() {
        return decoder.id(message);
    }

    @Override
    public Endpoint local() {
        return decoder.local(message);
    }

    @Override
    public Endpoint peer() {
        return SocketDecoder.peer(message);
    }

    @Override
    public TcpState state() {
        return TcpState.of(message.state());
    }

    @Override
    public int stateNumber() {
        return message.state();
    }

    @Override
    public long receiveQueue() {
        return message.receiveQueue();
    }

    @Override
    public long sendQueue() {
        return message.sendQueue();
    }

    @Override
    public int uid() {
        return message.uid();
    }

    @Override
    public long inode() {
        return message.inode();
    }

    @Override
    public @Nullable Timer timer() {
        return SocketDecoder.timer(message);
    }

    @Override
    public @Nullable Age age() {
        return StateAge.of(message);
    }

    @Override
    public NetNamespace netns() {
        return decoder.namespace();
    }

    @Override
    public List<Owner> owners() {
        return owners;
    }

    @Override
    public TcpSocket.Details details() {
        return decoder.details(message, detailed);
    }

    @Override
    public long cookie() {
        return message.cookie();
    }

    @Override
    public int mark() {
        return message.mark();
    }

    @Override
    public @Nullable String cgroup() {
        return decoder.cgroup(message);
    }

    @Override
    public TcpSocket keep() {
        return decoder.decode(message, detailed).withOwners(owners);
    }
}
