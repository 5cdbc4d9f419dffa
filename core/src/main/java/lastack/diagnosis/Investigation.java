package lastack.diagnosis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import lastack.model.Gap;
import lastack.model.TcpSocket;
import lastack.model.UnavailableException;
import lastack.sockets.Query;
import lastack.sockets.SocketTable;
import lastack.sockets.SocketTables;

/**
 * Finds out why sockets are as they are.
 *
 * <pre>{@code
 * try (SocketTables tables = SocketTables.open("self")) {
 *     Report report = Investigation.in(tables).of(Query.of(Filter.parse("state close-wait")));
 *     report.diagnoses().forEach(found -> System.out.println(found.verdict().id() + " " + found.summary()));
 * }
 * }</pre>
 *
 * <p>It changes nothing, but two questions can only be answered by trying: whether a port can be bound, and whether a new
 * connection would find a local port. Both trials are over within microseconds and send nothing.
 *
 * @param tables where to look
 * @param thresholds from when on something counts
 * @param limit how many sockets to look into
 */
public record Investigation(SocketTables tables, Thresholds thresholds, int limit) {
    /** One with the usual thresholds and without a limit. */
    public static Investigation in(SocketTables tables) {
        return new Investigation(tables, Thresholds.USUAL, Integer.MAX_VALUE);
    }

    /** The same with a limit. */
    public Investigation upTo(int sockets) {
        return new Investigation(tables, thresholds, sockets);
    }

    /** Diagnoses what matches, from one look. */
    public Report of(Query query) throws UnavailableException {
        return of(query, Duration.ZERO);
    }

    /**
     * Diagnoses what matches, from two looks.
     *
     * @param sample the time between them; zero for one look
     */
    public Report of(Query query, Duration sample) throws UnavailableException {
        try (Scene scene = new Scene()) {
            Query whole = query.withDetails();
            List<List<TcpSocket>> before = firstLook(whole, sample);
            return report(whole, scene, before, sample);
        }
    }

    private List<List<TcpSocket>> firstLook(Query query, Duration sample) throws UnavailableException {
        List<List<TcpSocket>> looks = new ArrayList<>();
        if (sample.isZero()) {
            return looks;
        }
        try (Scene then = new Scene()) {
            for (SocketTable table : tables.tables()) {
                looks.add(table.snapshot(query, then.owners()).sockets());
            }
        }
        try {
            Thread.sleep(sample);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("the second look", "interrupted", "try again");
        }
        return looks;
    }

    private Report report(Query query, Scene scene, List<List<TcpSocket>> before, Duration sample)
            throws UnavailableException {
        List<Diagnosis> diagnoses = new ArrayList<>();
        List<Group> groups = new ArrayList<>();
        List<Gap> gaps = new ArrayList<>(tables.gaps());
        int matched = 0;
        int index = 0;
        for (SocketTable table : tables.tables()) {
            List<TcpSocket> earlier = before.isEmpty() ? List.of() : before.get(index++);
            List<TcpSocket> asked = new ArrayList<>();
            int room = limit - diagnoses.size();
            int[] seen = {0};
            for (Gap gap : table.stream(query, scene.owners(), socket -> {
                if (seen[0]++ < room) {
                    asked.add(socket);
                }
            })) {
                if (!gaps.contains(gap)) {
                    gaps.add(gap);
                }
            }
            matched += seen[0];
            if (!asked.isEmpty()) {
                HostSurroundings around = new HostSurroundings(table, scene, asked, earlier);
                List<Diagnosis> found = diagnose(asked, around);
                diagnoses.addAll(found);
                groups.addAll(new Groups(around.neighbourhood(), earlier, sample.toMillis()).of(found));
            }
        }
        groups.sort(Groups.WORST_FIRST);
        return new Report(matched, diagnoses, groups, gaps);
    }

    private List<Diagnosis> diagnose(List<TcpSocket> asked, Surroundings around) {
        Diagnosers diagnosers = new Diagnosers(thresholds);
        List<Diagnosis> found = new ArrayList<>(asked.size());
        for (TcpSocket socket : asked) {
            found.add(diagnosers.diagnose(socket, around));
        }
        return found;
    }
}
