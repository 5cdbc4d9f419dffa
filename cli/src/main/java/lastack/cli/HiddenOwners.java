package lastack.cli;

import java.util.List;
import java.util.function.Consumer;
import lastack.model.Gap;
import lastack.model.TcpSocket;

/** Passes sockets on and notices whether the owner of any was missed, so that people are told only when it matters. */
final class HiddenOwners implements Consumer<TcpSocket> {
    private final Consumer<TcpSocket> next;
    private boolean missed;

    HiddenOwners(Consumer<TcpSocket> next) {
        this.next = next;
    }

    @Override
    public void accept(TcpSocket socket) {
        missed |= socket.inode() != 0 && socket.owners().isEmpty();
        next.accept(socket);
    }

    /** All gaps, without those about owners when every socket has one to show. */
    List<Gap> relevant(List<Gap> gaps) {
        return missed
                ? gaps
                : gaps.stream().filter(gap -> !gap.what().equals("owners")).toList();
    }
}
