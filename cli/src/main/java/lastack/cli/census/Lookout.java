package lastack.cli.census;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lastack.model.Family;
import lastack.model.Gap;
import lastack.model.TcpSocket;
import lastack.model.UnavailableException;
import lastack.sockets.Namespaces;
import lastack.sockets.Query;
import lastack.sockets.SocketTable;

/**
 * Looks at all sockets again and again. Each look streams through them once; kept are the counts, the groups, the first
 * thousand sockets to list, and 30 bytes for each of the others.
 *
 * <p>Not for several threads at once.
 */
public final class Lookout implements AutoCloseable {
    /** So many sockets can be scrolled through; a filter or a group brings up the others. */
    private static final int MOST_LISTED = 1_000;

    private static final double NANOS = 1e9;

    private final Tables tables;
    private final Set<Family> families;
    private final Changes changes;
    private final Owners owners = new Owners();
    private final Map<Long, Watched> namespaces = new HashMap<>();
    private Tally tally = new Tally();
    private Question last = Question.ALL;
    private long lastNanos;
    private boolean looked;

    private Lookout(Tables tables, Set<Family> families, Changes changes) {
        this.tables = tables;
        this.families = families;
        this.changes = changes;
    }

    /**
     * Opens the tables.
     *
     * @param netns {@code self}, {@code all}, or what {@link Namespaces#pathOf} takes
     */
    public static Lookout open(String netns, Set<Family> families, Changes changes) throws UnavailableException {
        return new Lookout(Tables.open(netns), families, changes);
    }

    /** Looks once. */
    public Look look(Question question) {
        tables.refresh();
        owners.refresh();
        beginAnewWhereOthersCount(question);
        if (question.filter().needsOwners()) {
            owners.want();
        }
        long now = System.nanoTime();
        double seconds = looked ? (now - lastNanos) / NANOS : 0;
        Sight sight = pass(question);
        boolean watched = changes.addTo(sight.watchedFlows());
        lastNanos = now;
        looked = true;
        return sight.close(watched, seconds, withOwners(sight.listed()), owners.walks() > 0, gaps(sight));
    }

    /** What a new filter lets in has not come, and what it leaves out has not gone. */
    private void beginAnewWhereOthersCount(Question question) {
        boolean others = !question.filter().toString().equals(last.filter().toString());
        if (others || question.netns() != last.netns()) {
            namespaces.clear();
            tally = new Tally();
            looked = false;
        }
        last = question;
    }

    private Sight pass(Question question) {
        Query query = Query.of(question.filter()).withoutOwners().ofFamilies(families);
        Sight sight = new Sight(question, tally, new Top(MOST_LISTED), looked);
        Set<Long> present = new HashSet<>();
        for (SocketTable table : tables.all()) {
            long inode = table.namespace().inode();
            present.add(inode);
            Watched namespace = namespaces.computeIfAbsent(inode, key -> new Watched(table.namespace(), owners));
            if (question.netns() == 0 || question.netns() == inode) {
                sight.pass(table, query, namespace, owners);
            }
        }
        namespaces.keySet().retainAll(present);
        return sight;
    }

    private List<TcpSocket> withOwners(List<TcpSocket> sockets) {
        List<TcpSocket> owned = new ArrayList<>(sockets.size());
        for (TcpSocket socket : sockets) {
            owned.add(socket.withOwners(owners.of(socket.inode())));
        }
        return owned;
    }

    private List<Gap> gaps(Sight sight) {
        List<Gap> gaps = new ArrayList<>(tables.gaps());
        gaps.addAll(sight.gaps());
        if (namespaces.values().stream().anyMatch(Watched::missesOwners)) {
            gaps.addAll(owners.hidden());
        }
        return gaps;
    }

    @Override
    public void close() {
        tables.close();
        changes.close();
    }
}
