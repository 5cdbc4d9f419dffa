package lastack.remedy;

import java.util.List;
import lastack.filter.Filter;
import lastack.kernel.process.Privileges;
import lastack.kernel.process.ProcStat;
import lastack.model.Owner;
import lastack.model.ProcessId;
import lastack.model.TcpSocket;
import lastack.model.Workload;
import lastack.sockets.Query;
import lastack.sockets.SocketTable;

/**
 * For a process of its own without rights that believes to have all: {@code FILTER PID FD} acts by every method on the one
 * socket that matches, held by that descriptor, and prints lines as {@link RemoveByEach} does.
 */
final class ActByEach {
    private static final Privileges IMAGINED = new Privileges(0, -1);

    /** The signals are not among them: without the right to see the descriptor, they find that nothing is left. */
    private static final List<Method> METHODS = List.of(
            Method.SHUTDOWN, Method.DISCONNECT, Method.DESTROY, Method.RESET, Method.VANISH, Method.PARK, Method.FD);

    private ActByEach() {}

    static List<String> labels() {
        return METHODS.stream().map(Method::label).toList();
    }

    public static void main(String[] arguments) throws Exception {
        Query query = Query.of(Filter.parse(arguments[0])).withoutOwners();
        int pid = Integer.parseInt(arguments[1]);
        ProcessId process = new ProcessId(pid, ProcStat.startTime(pid));
        Owner owner = new Owner(
                process, "actor", "", 0, "root", Integer.parseInt(arguments[2]), Workload.NONE, process.pid(), false);
        try (SocketTable table = SocketTable.open()) {
            TcpSocket socket = table.snapshot(query).sockets().getFirst().withOwners(List.of(owner));
            actByEach(table, new Target(socket, IMAGINED));
        }
    }

    private static void actByEach(SocketTable table, Target target) {
        for (Method method : METHODS) {
            try (Ladder ladder = new Ladder(table, OwnSession.find(), RemovalOptions.GENTLE.by(method))) {
                Removal removal = new Removal(target, ladder.rungs(target), false);
                removal.begin();
                removal.goOn(() -> false);
                RemoveByEach.print(method, removal.settled().orElseThrow());
            }
        }
    }
}
