package lastack.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lastack.filter.Filter;
import lastack.model.Family;
import lastack.model.Gap;
import lastack.model.Snapshot;
import lastack.model.TcpSocket;
import lastack.model.UnavailableException;
import lastack.sockets.LazyOwners;
import lastack.sockets.Query;
import lastack.sockets.SocketTable;
import lastack.sockets.SocketTables;

/**
 * The sockets a filter matches, with their owners.
 *
 * @param sockets those of each network namespace it was asked of
 * @param gaps what could not be seen, as far as it matters for them
 */
record Matches(Map<SocketTable, List<TcpSocket>> sockets, List<Gap> gaps) {
    static Matches of(SocketTables tables, Filter filter, Set<Family> families) throws UnavailableException {
        Matches matches = new Matches(new LinkedHashMap<>(), new ArrayList<>(tables.gaps()));
        Query query = Query.of(filter).ofFamilies(families);
        LazyOwners owners = new LazyOwners();
        for (SocketTable table : tables.tables()) {
            matches.add(table, table.snapshot(query, owners));
        }
        return matches;
    }

    private void add(SocketTable table, Snapshot snapshot) {
        HiddenOwners hidden = new HiddenOwners(_ -> {});
        snapshot.sockets().forEach(hidden);
        sockets.put(table, snapshot.sockets());
        hidden.relevant(snapshot.gaps()).stream()
                .filter(gap -> !gaps.contains(gap))
                .forEach(gaps::add);
    }

    /** How many there are over all namespaces. */
    int count() {
        int count = 0;
        for (List<TcpSocket> some : sockets.values()) {
            count += some.size();
        }
        return count;
    }
}
