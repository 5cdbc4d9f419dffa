package lastack.diagnosis;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import lastack.filter.Uptime;
import lastack.model.Gap;
import lastack.model.TcpSocket;
import lastack.model.UnavailableException;
import lastack.sockets.LazyOwners;
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
 * connection would find a local port. Both trials are over within microseconds and send nothing. The second is
 * made only where ports run short and none in TIME-WAIT could be taken over by it; elsewhere the answer is computed.
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
        LazyOwners owners = new LazyOwners();
        for (SocketTable table : tables.tables()) {
            looks.add(sample.isZero() ? List.of() : firstLook(table, query, owners));
        }
        try {
            Thread.sleep(sample);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("the second look", "interrupted", "try again");
        }
        return looks;
    }

    /** What cannot be looked at now will not be at the second look either, and is told then. */
    private static List<TcpSocket> firstLook(SocketTable table, Query query, LazyOwners owners) {
        try {
            return table.snapshot(query, owners).sockets();
        } catch (UnavailableException e) {
            return List.of();
        }
    }

    private Report report(Query query, Scene scene, List<List<TcpSocket>> before, Duration sample)
            throws UnavailableException {
        List<Diagnosis> diagnoses = new ArrayList<>();
        List<Group> groups = new ArrayList<>();
        Set<Gap> gaps = new LinkedHashSet<>(tables.gaps());
        long now = uptimeMillis();
        int matched = 0;
        int gone = 0;
        for (int i = 0; i < before.size(); i++) {
            SocketTable table = tables.tables().get(i);
            try {
                List<TcpSocket> present = new ArrayList<>();
                List<TcpSocket> asked = new ArrayList<>();
                int room = limit - diagnoses.size();
                matched += look(
                        table,
                        query,
                        scene.owners(),
                        socket -> {
                            if (asked.size() < room) {
                                asked.add(socket);
                            }
                            if (!sample.isZero()) {
                                present.add(socket);
                            }
                        },
                        gaps);
                gone += gone(before.get(i), present);
                if (!asked.isEmpty()) {
                    HostSurroundings around =
                            new HostSurroundings(table, scene, asked, farEnough(before.get(i), sample));
                    List<Diagnosis> found = diagnose(asked, around);
                    diagnoses.addAll(found);
                    groups.addAll(Groups.after(before.get(i), present, around.neighbourhood(), sample.toMillis(), now)
                            .of(found));
                }
            } catch (UnavailableException e) {
                if (before.size() == 1) {
                    throw e;
                }
                gaps.add(new Gap("network namespace " + table.namespace().label(), e.why(), e.remedy()));
            }
        }
        groups.sort(Groups.WORST_FIRST);
        return new Report(matched, gone, diagnoses, groups, List.copyOf(gaps));
    }

    private static int gone(List<TcpSocket> before, List<TcpSocket> present) {
        Set<Long> there = new HashSet<>();
        present.forEach(socket -> there.add(socket.id().cookie()));
        return (int) before.stream()
                .filter(socket -> !there.contains(socket.id().cookie()))
                .count();
    }

    private static long uptimeMillis() throws UnavailableException {
        try {
            return Uptime.read().millis();
        } catch (IOException e) {
            throw new UnavailableException("/proc/uptime", String.valueOf(e.getMessage()), "mount /proc");
        }
    }

    /** That something did not move for less than a moment says nothing. */
    private List<TcpSocket> farEnough(List<TcpSocket> before, Duration sample) {
        return sample.toMillis() < thresholds.momentMillis() ? List.of() : before;
    }

    /** How many match. */
    private static int look(
            SocketTable table, Query query, LazyOwners owners, Consumer<TcpSocket> consumer, Set<Gap> gaps)
            throws UnavailableException {
        int[] matched = {0};
        gaps.addAll(table.stream(query, owners, socket -> {
            matched[0]++;
            consumer.accept(socket);
        }));
        return matched[0];
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
