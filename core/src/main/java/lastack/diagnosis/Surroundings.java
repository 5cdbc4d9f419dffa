package lastack.diagnosis;

import java.util.List;
import java.util.Optional;
import lastack.kernel.Errno;
import lastack.kernel.net.NetCounters;
import lastack.kernel.net.TcpSettings;
import lastack.kernel.process.ProcessView;
import lastack.model.Gap;
import lastack.model.NetNamespace;
import lastack.model.ProcessId;
import lastack.model.TcpSocket;

/** What a diagnoser may ask about the world around a socket; nothing is looked at before it is asked for. */
interface Surroundings {
    /** What a process is occupied with; nothing when it has ended, whoever has its number now. */
    ProcessView process(ProcessId process);

    /** The other end of the connection. */
    OtherEnd otherEnd(TcpSocket socket);

    /** The listeners on the socket's local end, with their owners. */
    List<TcpSocket> listeners(TcpSocket socket);

    /** Whether nothing but TIME-WAIT is on the port of a socket in TIME-WAIT, as far as sock_diag shows. */
    boolean waitsAlone(TcpSocket socket);

    /** The listeners on this host's end the socket wants to connect to, with their owners; none where that is elsewhere. */
    List<TcpSocket> listenersAtPeer(TcpSocket socket);

    /** Sockets like this one, itself among them. */
    Sisters sisters(TcpSocket socket);

    /** How many local ports are taken towards the destination of this socket. */
    PortsTaken portsTowards(TcpSocket socket);

    /** The socket at the first of two looks, if there was one and it was there. */
    Optional<TcpSocket> before(TcpSocket socket);

    /** What comes of binding the socket's local end: 0, {@code EADDRINUSE} ... */
    Errno bind(TcpSocket socket, boolean reuse);

    /** Whether a new connection from its local address to its destination would find a port. */
    PortOutlook connect(TcpSocket socket);

    /** Why an owner may be invisible; empty when every process was looked at. */
    Optional<Gap> blindness();

    /** Whether this user may look at the descriptors of every process. */
    boolean privileged();

    /** Whether this user may change what a process of that user has. */
    boolean mayActOn(int uid);

    /** Unix sockets that hold descriptors in flight: {@code actor[12] fd 7}. */
    List<String> inFlight();

    /** The settings of the socket's namespace. */
    TcpSettings settings();

    /** The counters of the socket's namespace. */
    NetCounters counters();

    /** The namespace lastack was started in. */
    NetNamespace self();
}
