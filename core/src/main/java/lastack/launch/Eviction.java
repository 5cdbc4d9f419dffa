package lastack.launch;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import lastack.kernel.KernelException;
import lastack.kernel.process.Privileges;
import lastack.model.TcpSocket;
import lastack.model.UnavailableException;
import lastack.ports.Standing;
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
 * @param turns who may try next
 * @param stderr where the user is told
 */
record Eviction(HeldCall call, BindSite site, Turns turns, StandardError stderr) {
    private static final RemovalOptions OPTIONS = RemovalOptions.GENTLE.persisting();

    void carryOut() throws UnavailableException, KernelException {
        try (Turns.Turn _ = turns.take(site.place())) {
            if (!site.goesOnUnlessTaken(() -> {})) {
                String report = site.inside(this::evict);
                stderr.say(call.caller(), "port " + site.port() + ": " + report);
                call.goOnUntilBound();
            }
        }
    }

    private String evict() throws UnavailableException, KernelException {
        try (SocketTable table = SocketTable.open()) {
            List<TcpSocket> occupants = site.occupants(table);
            List<TcpSocket> alive = occupants.stream()
                    .filter(socket -> Standing.of(socket) != Standing.LINGERING)
                    .toList();
            List<TcpSocket> others = occupants.stream().filter(notTheCallers()).toList();
            if (!alive.isEmpty()) {
                return "nothing removed, it is in use: " + Occupant.of(alive);
            }
            if (!others.isEmpty()) {
                return "nothing removed, it is another user's: " + Occupant.of(others);
            }
            return occupants.isEmpty() ? "nothing to remove is to be seen" : remove(table, occupants);
        }
    }

    /** Nothing is removed either for a program that does not wait any more. */
    private Predicate<TcpSocket> notTheCallers() throws KernelException {
        CallerRights rights = CallerRights.of(call.caller());
        Privileges own = Privileges.own();
        boolean waits = call.isWaiting();
        return socket -> !waits || !rights.mayRemove(socket, own);
    }

    private String remove(SocketTable table, List<TcpSocket> lingering) throws UnavailableException {
        List<Result> results = new ArrayList<>();
        Remover remover = Remover.of(table, site.localPort().rivals(Standing.LINGERING), OPTIONS);
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
