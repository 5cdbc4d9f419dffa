package lastack.diagnosis;

import lastack.model.IpAddress;
import lastack.model.TcpSocket;
import lastack.model.TcpState;

/**
 * What sockets for the same service between the same hosts have in common.
 *
 * @param state their state
 * @param accepted whether they are a program's and not in a listener's queue
 * @param peer the other host
 * @param port that of the service, which is the other end's where this one connected
 * @param served whether the service is at this end
 */
record Kin(TcpState state, boolean accepted, IpAddress peer, int port, boolean served) {
    static Kin of(TcpSocket socket, boolean served) {
        int port = served ? socket.local().port() : socket.peer().port();
        return new Kin(
                socket.state(), !socket.unaccepted(), socket.peer().address().unmapped(), port, served);
    }
}
