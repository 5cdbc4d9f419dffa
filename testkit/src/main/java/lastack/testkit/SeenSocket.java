package lastack.testkit;

import lastack.kernel.diag.InetDiagMsg;
import lastack.model.Endpoint;
import lastack.model.SocketId;
import lastack.model.TcpState;

/**
 * A socket as sock_diag showed it at one moment.
 *
 * @param id addresses and cookie
 * @param state its state
 * @param inode its inode, 0 when no file refers to it
 * @param receiveQueue bytes not yet read, the FIN counted as one
 * @param sendQueue bytes not yet acknowledged
 * @param mark its firewall mark
 */
public record SeenSocket(SocketId id, TcpState state, long inode, long receiveQueue, long sendQueue, int mark) {
    static SeenSocket of(InetDiagMsg message) {
        SocketId id = new SocketId(
                message.family(),
                new Endpoint(message.localAddress(), message.localPort()),
                new Endpoint(message.peerAddress(), message.peerPort()),
                message.deviceIndex(),
                message.cookie());
        return new SeenSocket(
                id,
                TcpState.of(message.state()),
                message.inode(),
                message.receiveQueue(),
                message.sendQueue(),
                message.mark());
    }
}
