package lastack.server;

import java.net.BindException;
import java.util.List;
import lastack.model.TcpSocket;

/** The port was still taken when the time to wait was over. The message names who holds it, as far as that can be seen. */
public final class PortTakenException extends BindException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // Not meant to be sent anywhere.
    private final List<TcpSocket> holders;

    PortTakenException(String message, List<TcpSocket> holders) {
        super(message);
        this.holders = List.copyOf(holders);
    }

    /** The sockets on the port, with their owners; empty when they cannot be seen. */
    public List<TcpSocket> holders() {
        return holders;
    }
}
