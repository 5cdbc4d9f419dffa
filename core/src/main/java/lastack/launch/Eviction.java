package lastack.launch;

import java.util.ArrayList;
import java.util.List;
import lastack.filter.Filter;
import lastack.kernel.KernelException;
import lastack.model.TcpSocket;
import lastack.model.UnavailableException;
import lastack.remedy.Outcome;
import lastack.remedy.RemovalOptions;
import lastack.remedy.Remover;
import lastack.remedy.Result;
import lastack.sockets.SocketTable;

/**
 * Removes what lingers on the port a program is about to bind to. Nothing is touched while somebody alive has the port.
 *
 * @param call the bind
 * @param site where to
 * @param stderr where the user is told
 */
record Eviction(HeldCall call, BindSite site, StandardError stderr) {
    private static final String LINGERING =
            "state time-wait state close-wait state fin-wait-1 state fin-wait-2 state closing state last-ack";

    void carryOut() throws UnavailableException {
        if (site.isTaken()) {
            String report = site.inside(this::evict);
            stderr.say(call.caller(), "port " + site.port() + ": " + report);
        }
    }

    private String evict() throws UnavailableException, KernelException {
        try (SocketTable table = SocketTable.open()) {
            List<TcpSocket> alive = site.occupants(table, site.filter("")).stream()
                    .filter(socket -> !lingers(socket))
                    .toList();
            if (!alive.isEmpty()) {
                return "nothing removed, it is in use: " + Occupant.of(alive);
            }
            return remove(table);
        }
    }

    /** What its program has closed, or whose other end is closed. Half closed by a living program is in use. */
    private static boolean lingers(TcpSocket socket) {
        return switch (socket.state()) {
            case TIME_WAIT, CLOSE_WAIT, CLOSING, LAST_ACK -> true;
            case FIN_WAIT_1, FIN_WAIT_2 -> socket.orphan();
            case UNKNOWN, ESTABLISHED, SYN_SENT, SYN_RECV, CLOSED, LISTEN, NEW_SYN_RECV, BOUND_INACTIVE -> false;
        };
    }

    private String remove(SocketTable table) throws UnavailableException, KernelException {
        Filter filter = site.filter(LINGERING);
        List<TcpSocket> lingering =
                site.occupants(table, filter).stream().filter(Eviction::lingers).toList();
        if (lingering.isEmpty()) {
            return "nothing to remove is to be seen";
        }
        List<Result> results = new ArrayList<>();
        Remover remover = Remover.of(table, filter, RemovalOptions.GENTLE);
        remover.execute(remover.plan(lingering), results::add);
        return report(lingering, results);
    }

    private static String report(List<TcpSocket> lingering, List<Result> results) {
        for (Result result : results) {
            if (result.outcome() != Outcome.REMOVED && result.outcome() != Outcome.ALREADY_GONE) {
                return "not removed: " + Occupant.of(List.of(result.socket())) + ": " + result.why();
            }
        }
        return "removed " + Occupant.of(lingering);
    }
}
