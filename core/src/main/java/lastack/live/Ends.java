package lastack.live;

import lastack.kernel.trace.StateSample;
import lastack.model.Endpoint;
import lastack.model.TcpSocket;

/** The two ends of a socket, without the interface it may be bound to, which the tracepoint does not tell. */
record Ends(Endpoint local, Endpoint peer) {
    static Ends of(TcpSocket socket) {
        return new Ends(plain(socket.local()), plain(socket.peer()));
    }

    static Ends of(StateSample sample) {
        return new Ends(sample.local(), sample.peer());
    }

    private static Endpoint plain(Endpoint end) {
        return end.device() == null ? end : new Endpoint(end.address(), end.port());
    }

    /** Whether there is as much of them as this state can have. */
    boolean areComplete() {
        return local.port() != 0 && peer.port() != 0;
    }
}
