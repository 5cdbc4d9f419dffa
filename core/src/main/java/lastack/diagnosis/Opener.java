package lastack.diagnosis;

import lastack.model.TcpSocket;
import lastack.model.TcpState;

/**
 * Which end asked for the connection. The kernel does not say so, but counts: a SYN that is confirmed is one of
 * {@code tcpi_bytes_acked} at the end that sent it, and is never one of {@code tcpi_bytes_sent} (Linux 4.19;
 * {@code tcp_snd_una_update} and {@code tcp_create_openreq_child} of {@code net/ipv4}).
 */
enum Opener {
    THIS_END,
    OTHER_END,
    UNKNOWN;

    static Opener of(TcpSocket socket) {
        boolean open = socket.state() == TcpState.ESTABLISHED || socket.state() == TcpState.CLOSE_WAIT;
        long acknowledged = Words.info(socket, "bytes_acked");
        long sent = Words.info(socket, "bytes_sent");
        if (!open || acknowledged < 0 || sent < 0) {
            return UNKNOWN;
        }
        long inFlight = socket.sendQueue() - Words.info(socket, "notsent_bytes");
        long beyondData = acknowledged + inFlight - (sent - Words.info(socket, "bytes_retrans"));
        return beyondData == 1 ? THIS_END : beyondData == 0 ? OTHER_END : UNKNOWN;
    }
}
