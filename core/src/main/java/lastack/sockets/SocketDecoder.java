package lastack.sockets;

import java.util.List;
import lastack.kernel.diag.InetDiagMsg;
import lastack.model.Endpoint;
import lastack.model.NetNamespace;
import lastack.model.SocketId;
import lastack.model.TcpSocket;
import lastack.model.TcpState;
import lastack.model.Timer;
import org.jspecify.annotations.Nullable;

/** Makes a {@link TcpSocket} of what lies in the receive buffer. */
final class SocketDecoder {
    private final NetNamespace namespace;
    private final CgroupPaths cgroups = new CgroupPaths();
    private final DeviceNames devices;

    SocketDecoder(NetNamespace namespace, DeviceNames devices) {
        this.namespace = namespace;
        this.devices = devices;
    }

    TcpSocket decode(InetDiagMsg message, boolean details) {
        return new TcpSocket(
                id(message),
                TcpState.of(message.state()),
                message.state(),
                message.receiveQueue(),
                message.sendQueue(),
                message.uid(),
                message.inode(),
                timer(message),
                StateAge.of(message),
                namespace,
                List.of(),
                details(message, details));
    }

    NetNamespace namespace() {
        return namespace;
    }

    SocketId id(InetDiagMsg message) {
        return new SocketId(message.family(), local(message), peer(message), message.deviceIndex(), message.cookie());
    }

    Endpoint local(InetDiagMsg message) {
        String device = message.deviceIndex() == 0 ? null : devices.of(message.deviceIndex());
        return new Endpoint(message.localAddress(), message.localPort(), device);
    }

    static Endpoint peer(InetDiagMsg message) {
        return new Endpoint(message.peerAddress(), message.peerPort());
    }

    static @Nullable Timer timer(InetDiagMsg message) {
        Timer.Kind kind = Timer.Kind.of(message.timer());
        return kind == Timer.Kind.NONE ? null : new Timer(kind, message.expiresMillis(), message.retransmits());
    }

    /** What only a detailed look tells, or what is in every message. */
    TcpSocket.Details details(InetDiagMsg message, boolean all) {
        if (all) {
            return new TcpSocket.Details(
                    message.mark(),
                    cgroup(message),
                    message.congestion(),
                    message.tcpInfo(),
                    message.memory(),
                    message.v6only());
        }
        return message.mark() == 0 && !message.v6only()
                ? TcpSocket.Details.NONE
                : new TcpSocket.Details(message.mark(), null, null, null, null, message.v6only());
    }

    @Nullable
    String cgroup(InetDiagMsg message) {
        return cgroups.of(message.cgroupId());
    }
}
