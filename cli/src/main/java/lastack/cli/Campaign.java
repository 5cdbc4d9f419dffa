package lastack.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import lastack.filter.Filter;
import lastack.model.Family;
import lastack.model.Gap;
import lastack.model.Snapshot;
import lastack.model.UnavailableException;
import lastack.remedy.Plan;
import lastack.remedy.Removal;
import lastack.remedy.Remover;
import lastack.remedy.Result;
import lastack.sockets.LazyOwners;
import lastack.sockets.Query;
import lastack.sockets.SocketTable;
import lastack.sockets.SocketTables;

/** The plans for one filter, one for each network namespace it was asked of. */
final class Campaign {
    private final Map<Remover, Plan> plans = new LinkedHashMap<>();
    private final List<Gap> gaps = new ArrayList<>();
    private int matched;

    private Campaign() {}

    /** Selects and plans; touches nothing. */
    static Campaign plan(SocketTables tables, Filter filter, Set<Family> families, RemovalSwitches switches)
            throws UnavailableException {
        Campaign campaign = new Campaign();
        campaign.gaps.addAll(tables.gaps());
        Query query = Query.of(filter).ofFamilies(families);
        LazyOwners owners = new LazyOwners();
        for (SocketTable table : tables.tables()) {
            Snapshot snapshot = table.snapshot(query, owners);
            HiddenOwners hidden = new HiddenOwners(socket -> campaign.matched++);
            snapshot.sockets().forEach(hidden);
            Remover remover = Remover.of(table, filter, switches.options());
            campaign.add(remover, remover.plan(snapshot.sockets()), switches.limit());
            hidden.relevant(snapshot.gaps()).stream()
                    .filter(gap -> !campaign.gaps.contains(gap))
                    .forEach(campaign.gaps::add);
        }
        return campaign;
    }

    /** Keeps no more than the limit allows over all namespaces; sockets that are not touched anyway do not count. */
    private void add(Remover remover, Plan plan, int limit) {
        int room = limit - actionable();
        List<Removal> kept = new ArrayList<>();
        for (Removal removal : plan.removals()) {
            if (removal.settled().isPresent() || room-- > 0) {
                kept.add(removal);
            }
        }
        plans.put(remover, new Plan(kept));
    }

    /** How many sockets the filter matched, whatever the limit. */
    int matched() {
        return matched;
    }

    /** How many would be acted on. */
    int actionable() {
        return plans.values().stream().mapToInt(Plan::actionable).sum();
    }

    List<Gap> gaps() {
        return gaps;
    }

    List<Result> preview() {
        return plans.values().stream().flatMap(plan -> plan.preview().stream()).toList();
    }

    void execute(Consumer<Result> results) throws UnavailableException {
        for (Map.Entry<Remover, Plan> plan : plans.entrySet()) {
            plan.getKey().execute(plan.getValue(), results);
        }
    }
}
