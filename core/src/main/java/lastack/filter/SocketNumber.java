package lastack.filter;

import lastack.model.SocketView;

/** The numbers of a socket that can be compared. */
enum SocketNumber {
    LOCAL_PORT,
    PEER_PORT,
    RECEIVE_QUEUE,
    SEND_QUEUE,
    INODE,
    COOKIE;

    long of(SocketView socket) {
        return switch (this) {
            case LOCAL_PORT -> socket.local().port();
            case PEER_PORT -> socket.peer().port();
            case RECEIVE_QUEUE -> socket.receiveQueue();
            case SEND_QUEUE -> socket.sendQueue();
            case INODE -> socket.inode();
            case COOKIE -> socket.id().cookie();
        };
    }
}
