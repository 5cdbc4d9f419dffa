package lastack.remedy;

import lastack.kernel.KernelException;
import lastack.kernel.packet.FourTuple;
import lastack.kernel.packet.RawSocket;
import lastack.kernel.packet.TcpSegment;
import lastack.model.TcpSocket;
import lastack.model.TcpState;
import org.jspecify.annotations.Nullable;

/** Speaks to a socket in its peer's name, and where that is wanted to the peer in the socket's. Only between these two ends. */
final class Voice implements AutoCloseable {
    private final TcpState state;
    private final RawSocket toSocket;
    private final @Nullable RawSocket toPeer;

    private Voice(TcpState state, RawSocket toSocket, @Nullable RawSocket toPeer) {
        this.state = state;
        this.toSocket = toSocket;
        this.toPeer = toPeer;
    }

    /** In the calling thread's network namespace. */
    static Voice about(TcpSocket socket, boolean bothEnds) throws KernelException {
        FourTuple out = FourTuple.between(socket.local(), socket.peer());
        int device = socket.id().deviceIndex();
        RawSocket toSocket = RawSocket.open(out.reversed(), device, 0);
        try {
            RawSocket toPeer =
                    bothEnds ? RawSocket.open(out, device, socket.details().mark()) : null;
            return new Voice(socket.state(), toSocket, toPeer);
        } catch (KernelException e) {
            toSocket.close();
            throw e;
        }
    }

    /** A SYN, which a connection of any state answers with its numbers (RFC 5961, section 4), and no timer is started anew. */
    void ask(int sequence) throws KernelException {
        toSocket.send(sequence, 0, TcpSegment.SYN);
    }

    /**
     * Resets.
     *
     * @param sendNext of the next byte the socket would send
     * @param receiveNext of the next byte it expects
     */
    void reset(int sendNext, int receiveNext) throws KernelException {
        if (state == TcpState.SYN_SENT) {
            toSocket.send(0, sendNext, TcpSegment.RST | TcpSegment.ACK);
        } else {
            toSocket.send(receiveNext, 0, TcpSegment.RST);
        }
        if (toPeer != null) {
            toPeer.send(sendNext, receiveNext, TcpSegment.RST | TcpSegment.ACK);
        }
    }

    @Override
    public void close() {
        toSocket.close();
        if (toPeer != null) {
            toPeer.close();
        }
    }
}
