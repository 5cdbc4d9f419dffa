package lastack.live;

import java.util.List;
import lastack.filter.Known;
import lastack.model.Age;
import lastack.model.NetNamespace;
import lastack.model.SocketId;
import lastack.model.TcpSocket;
import lastack.model.TcpState;
import org.jspecify.annotations.Nullable;

/**
 * One change on its way from the kernel to who asked for it.
 *
 * @param time of {@code CLOCK_MONOTONIC}
 */
record Step(
        long time,
        Life life,
        TcpState from,
        TcpState to,
        @Nullable Age stayed) {
    private static final NetNamespace UNKNOWN = new NetNamespace(0, null);

    Step to(TcpState other) {
        return new Step(time, life, from, other, stayed);
    }

    /** The kernel calls it closed when TIME-WAIT, or an orphan's FIN-WAIT-2, goes on in a smaller socket of its own (tcp_time_wait). */
    boolean mayGoOn() {
        return to == TcpState.CLOSED && (from == TcpState.FIN_WAIT_2 || from == TcpState.CLOSING);
    }

    /** When it came into the state it left; null where that was not seen. */
    @Nullable
    Long began() {
        return stayed != null && stayed.source() == Age.Source.EVENT ? time - stayed.millis() * 1_000_000 : null;
    }

    /**
     * How much of it is known. One that was found only later, when it had been closed already, does not tell who held it before.
     */
    Known known() {
        TcpSocket found = life.socket();
        if (found == null) {
            return Known.ENDS;
        }
        boolean foundLater = found.inode() == 0 && found.owners().isEmpty() && found.state() != to;
        return foundLater && isHeldOrQueued(to) ? Known.PLACE : Known.OWNERS;
    }

    private static boolean isHeldOrQueued(TcpState state) {
        return switch (state) {
            case SYN_SENT, SYN_RECV, NEW_SYN_RECV, ESTABLISHED, CLOSE_WAIT, LISTEN, BOUND_INACTIVE -> true;
            case FIN_WAIT_1, FIN_WAIT_2, CLOSING, LAST_ACK, TIME_WAIT, CLOSED, UNKNOWN -> false;
        };
    }

    /** The socket as it was after the change, as far as it is known. */
    TcpSocket socket() {
        TcpSocket known = life.socket();
        return known == null ? ends() : after(known, to);
    }

    /** Only what the tracepoint told. */
    TcpSocket ends() {
        SocketId id =
                new SocketId(life.family(), life.ends().local(), life.ends().peer(), 0, 0);
        return new TcpSocket(id, to, to.number(), 0, 0, 0, 0, null, null, UNKNOWN, List.of(), TcpSocket.Details.NONE);
    }

    /** A socket that is known as it was, after it has come to a state. */
    static TcpSocket after(TcpSocket known, TcpState to) {
        boolean now = known.state() == to;
        SocketId id = new SocketId(
                known.id().family(),
                known.local(),
                known.peer(),
                known.id().deviceIndex(),
                known.id().cookie());
        return new TcpSocket(
                id,
                to,
                to.number(),
                now ? known.receiveQueue() : 0,
                now ? known.sendQueue() : 0,
                known.uid(),
                known.inode(),
                now ? known.timer() : null,
                new Age(0, Age.Source.EVENT, Age.Bound.EXACT),
                known.netns(),
                known.owners(),
                known.details());
    }
}
