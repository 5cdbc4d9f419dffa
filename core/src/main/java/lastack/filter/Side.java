package lastack.filter;

import lastack.model.Endpoint;
import lastack.model.SocketView;

/** Which end of a connection is asked about. */
enum Side {
    LOCAL,
    PEER;

    Endpoint of(SocketView socket) {
        return this == LOCAL ? socket.local() : socket.peer();
    }
}
