package lastack.filter;

import lastack.model.Endpoint;
import lastack.model.TcpSocket;

/** Which end of a connection is asked about. */
enum Side {
    LOCAL,
    PEER;

    Endpoint of(TcpSocket socket) {
        return this == LOCAL ? socket.local() : socket.peer();
    }
}
