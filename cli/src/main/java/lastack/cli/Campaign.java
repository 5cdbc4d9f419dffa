package lastack.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import lastack.cli.print.Output;
import lastack.cli.print.ResultPrinter;
import lastack.filter.Filter;
import lastack.model.Gap;
import lastack.model.TcpSocket;
import lastack.model.UnavailableException;
import lastack.remedy.Plan;
import lastack.remedy.RemovalOptions;
import lastack.remedy.Remover;
import lastack.remedy.Result;
import lastack.sockets.SocketTable;

/** The removal of what a filter matches: a plan for each network namespace. */
final class Campaign implements Undertaking<Result> {
    private final Map<Remover, Plan> plans = new LinkedHashMap<>();
    private final Matches matches;
    private final int limit;

    /** Nothing planned yet. */
    Campaign(Matches matches, int limit) {
        this.matches = matches;
        this.limit = limit;
    }

    /** Plans the removal of all of them; touches nothing. */
    static Campaign plan(Matches matches, Filter filter, RemovalSwitches switches) {
        Campaign campaign = new Campaign(matches, switches.caution().limit());
        matches.sockets().forEach((table, sockets) -> campaign.add(table, sockets, filter, switches.options()));
        return campaign;
    }

    /** Plans the removal of some, which match the filter; touches nothing. */
    void add(SocketTable table, List<TcpSocket> sockets, Filter filter, RemovalOptions options) {
        Remover remover = Remover.of(table, filter, options);
        plans.put(remover, remover.plan(sockets).limitedTo(limit - actionable()));
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
    public void stop() {
        plans.keySet().forEach(Remover::stop);
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
