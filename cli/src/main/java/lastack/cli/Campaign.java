package lastack.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import lastack.cli.print.Output;
import lastack.cli.print.ResultPrinter;
import lastack.filter.Filter;
import lastack.model.Gap;
import lastack.model.UnavailableException;
import lastack.remedy.Plan;
import lastack.remedy.Removal;
import lastack.remedy.Remover;
import lastack.remedy.Result;

/** The removal of what a filter matches: a plan for each network namespace. */
final class Campaign implements Undertaking<Result> {
    private final Map<Remover, Plan> plans = new LinkedHashMap<>();
    private final Matches matches;

    private Campaign(Matches matches) {
        this.matches = matches;
    }

    /** Plans; touches nothing. */
    static Campaign plan(Matches matches, Filter filter, RemovalSwitches switches) {
        Campaign campaign = new Campaign(matches);
        matches.sockets().forEach((table, sockets) -> {
            Remover remover = Remover.of(table, filter, switches.options());
            campaign.add(remover, remover.plan(sockets), switches.caution().limit());
        });
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

    @Override
    public int matched() {
        return matches.count();
    }

    @Override
    public int actionable() {
        return plans.values().stream().mapToInt(Plan::actionable).sum();
    }

    @Override
    public List<Gap> gaps() {
        return matches.gaps();
    }

    @Override
    public String question() {
        return "Remove " + Undertaking.sockets(actionable()) + "?";
    }

    @Override
    public List<Result> preview() {
        return plans.values().stream().flatMap(plan -> plan.preview().stream()).toList();
    }

    @Override
    public void execute(Consumer<Result> results) throws UnavailableException {
        for (Map.Entry<Remover, Plan> plan : plans.entrySet()) {
            plan.getKey().execute(plan.getValue(), results);
        }
    }

    @Override
    public void print(List<Result> results, Output out, ReportFormat format) {
        ResultPrinter printer = format == ReportFormat.json ? ResultPrinter.json(out) : ResultPrinter.text(out);
        printer.print(results, matched());
    }

    @Override
    public int exitCode(List<Result> results) {
        return ExitCode.of(results);
    }
}
