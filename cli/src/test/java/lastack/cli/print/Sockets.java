package lastack.cli.print;

import java.net.InetAddress;
import java.util.List;
import lastack.model.Age;
import lastack.model.Endpoint;
import lastack.model.Family;
import lastack.model.IpAddress;
import lastack.model.NetNamespace;
import lastack.model.Owner;
import lastack.model.ProcessId;
import lastack.model.SocketId;
import lastack.model.TcpSocket;
import lastack.model.TcpState;
import lastack.model.Workload;

/** Sockets to be printed. */
final class Sockets {
    private Sockets() {}

    /** A socket between two addresses, held by one process. */
    static TcpSocket socket(String local, String peer, String comm, int pid) {
        return socket(local, peer, List.of(owner(comm, pid)));
    }

    /** The same without an owner. */
    static TcpSocket socket(String local, String peer) {
        return socket(local, peer, List.of());
    }

    /** A socket bound to an interface. */
    static TcpSocket boundTo(String device) {
        Endpoint plain = end("127.0.0.1", 9999);
        return socket(new Endpoint(plain.address(), plain.port(), device), end("127.0.0.1", 40000), List.of());
    }

    private static TcpSocket socket(String local, String peer, List<Owner> owners) {
        return socket(end(local, 9999), end(peer, 40000), owners);
    }

    private static TcpSocket socket(Endpoint local, Endpoint peer, List<Owner> owners) {
        return new TcpSocket(
                new SocketId(Family.INET, local, peer, 0, 0x1001),
                TcpState.CLOSE_WAIT,
                TcpState.CLOSE_WAIT.number(),
                1,
                0,
                0,
                4711,
                null,
                new Age(11_520_000, Age.Source.LAST_ACK, Age.Bound.EXACT),
                new NetNamespace(4026531840L, null),
                owners,
                TcpSocket.Details.NONE);
    }

    private static Endpoint end(String address, int port) {
        return new Endpoint(IpAddress.of(InetAddress.ofLiteral(address)), port);
    }

    private static Owner owner(String comm, int pid) {
        return new Owner(new ProcessId(pid, 1), comm, comm, 0, "root", 4, Workload.NONE, pid, false);
    }
}
