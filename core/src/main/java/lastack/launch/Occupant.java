package lastack.launch;

import java.util.List;
import lastack.model.TcpSocket;
import lastack.model.TcpState;
import lastack.model.Timer;

/** What is on a port, in words. */
record Occupant(TcpSocket socket) {
    private static final int MILLIS_PER_SECOND = 1_000;

    /** {@code TIME-WAIT 127.0.0.1:8080 -> 127.0.0.1:51812, 42s left, and 3 more}. */
    static String of(List<TcpSocket> sockets) {
        if (sockets.isEmpty()) {
            return "a socket that cannot be seen from here";
        }
        TcpSocket first = sockets.stream()
                .filter(socket -> socket.state() == TcpState.LISTEN)
                .findFirst()
                .orElse(sockets.getFirst());
        int more = sockets.size() - 1;
        return new Occupant(first).text() + (more == 0 ? "" : ", and " + more + " more");
    }

    private String text() {
        boolean connected = socket.peer().port() != 0;
        return socket.state() + " " + socket.local() + (connected ? " -> " + socket.peer() : "") + owner() + timeLeft();
    }

    private String owner() {
        return socket.owners().isEmpty()
                ? ""
                : " of " + socket.owners().getFirst().label();
    }

    private String timeLeft() {
        Timer timer = socket.timer();
        return socket.state() == TcpState.TIME_WAIT && timer != null
                ? ", " + timer.expiresMillis() / MILLIS_PER_SECOND + " s left"
                : "";
    }
}
