package lastack.diagnosis;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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
            List<Look> before = sample.isZero() ? List.of() : firstLooks(whole);
            pause(sample);
            return report(whole, scene, before, sample);
        }
    }

    /** What cannot be looked at now will not be at the second look either, and is told then. */
    private List<Look> firstLooks(Query query) throws UnavailableException {
        Set<Gap> toldLater = new LinkedHashSet<>();
        return looks(query, new LazyOwners(), Integer.MAX_VALUE, toldLater);
    }

    private static void pause(Duration sample) throws UnavailableException {
        try {
            Thread.sleep(sample);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("the second look", "interrupted", "try again");
        }
    }

    private Report report(Query query, Scene scene, List<Look> before, Duration sample) throws UnavailableException {
        List<Diagnosis> diagnoses = new ArrayList<>();
        List<Group> groups = new ArrayList<>();
        Set<Gap> gaps = new LinkedHashSet<>(tables.gaps());
        long now = uptimeMillis();
        int matched = 0;
        int gone = 0;
        for (Look look : looks(query, scene.owners(), sample.isZero() ? limit : Integer.MAX_VALUE, gaps)) {
            List<TcpSocket> earlier = socketsOf(look.table(), before);
            matched += look.matched();
            gone += gone(earlier, look.sockets());
            List<TcpSocket> asked = upTo(limit - diagnoses.size(), look.sockets());
            if (asked.isEmpty()) {
                continue;
            }
            try {
                HostSurroundings around = new HostSurroundings(look.table(), scene, asked, farEnough(earlier, sample));
                List<Diagnosis> found = diagnose(asked, around);
                diagnoses.addAll(found);
                groups.addAll(Groups.after(earlier, look.sockets(), around.neighbourhood(), sample.toMillis(), now)
                        .of(found));
            } catch (UnavailableException e) {
                gaps.add(gap(look.table(), e));
            }
        }
        groups.sort(Groups.WORST_FIRST);
        return new Report(matched, gone, diagnoses, groups, List.copyOf(gaps));
    }

    /** A look at each namespace, keeping so many sockets of all together. */
    private List<Look> looks(Query query, LazyOwners owners, int most, Set<Gap> gaps) throws UnavailableException {
        List<Look> looks = new ArrayList<>();
        int room = most;
        for (SocketTable table : tables.tables()) {
            try {
                Look look = Look.at(table, query, owners, room, gaps);
                room -= look.sockets().size();
                looks.add(look);
            } catch (UnavailableException e) {
                gaps.add(gap(table, e));
            }
        }
        settle(looks, owners, gaps);
        return looks;
    }

    private void settle(List<Look> looks, LazyOwners owners, Set<Gap> gaps) throws UnavailableException {
        if (looks.stream().noneMatch(Look::lacksOwners)) {
            return;
        }
        owners.walkAgain();
        for (Look look : looks) {
            try {
                look.settle(owners);
            } catch (UnavailableException e) {
                gaps.add(gap(look.table(), e));
            }
        }
    }

    /** That one of several namespaces cannot be looked at; of a single one that is the answer. */
    private Gap gap(SocketTable table, UnavailableException e) throws UnavailableException {
        if (tables.tables().size() == 1) {
            throw e;
        }
        return new Gap("network namespace " + table.namespace().label(), e.why(), e.remedy());
    }

    private static List<TcpSocket> socketsOf(SocketTable table, List<Look> looks) {
        return looks.stream()
                .filter(look -> look.table() == table)
                .findFirst()
                .map(Look::sockets)
                .orElse(List.of());
    }

    private static List<TcpSocket> upTo(int most, List<TcpSocket> sockets) {
        return sockets.subList(0, Math.min(most, sockets.size()));
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

    private List<Diagnosis> diagnose(List<TcpSocket> asked, Surroundings around) {
        Diagnosers diagnosers = new Diagnosers(thresholds);
        List<Diagnosis> found = new ArrayList<>(asked.size());
        for (TcpSocket socket : asked) {
            found.add(diagnosers.diagnose(socket, around));
        }
        return found;
    }
}
