package lastack.cli.tui;

import lastack.model.SocketView;

/** Which socket: cookies are counted in each namespace by itself before Linux 5.10. */
public record Mark(long netns, long cookie) {
    static Mark of(SocketView socket) {
        return new Mark(socket.netns().inode(), socket.cookie());
    }
}
