package lastack.cli;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import lastack.cli.print.ForwardedReport;
import lastack.cli.print.Output;
import lastack.filter.Filter;
import lastack.filter.FilterSyntaxException;
import lastack.forwarded.CutResult;
import lastack.forwarded.ForwardedSnapshot;
import lastack.forwarded.ForwardedTable;
import lastack.model.ForwardedConnection;
import lastack.model.Gap;
import lastack.model.UnavailableException;
import lastack.remedy.Outcome;
import picocli.CommandLine.ParseResult;

/**
 * The cutting of connections that pass through: {@code lastack close --forwarded}.
 *
 * @param table where
 * @param plan what is to be cut, and what is left to the socket methods
 * @param matched how many the filter meant, whatever the limit
 * @param gaps what could not be seen
 * @param patience how long to go on with one whose ends still answer
 */
record ForwardedCampaign(ForwardedTable table, List<CutResult> plan, int matched, List<Gap> gaps, Duration patience)
        implements Undertaking<CutResult> {
    /** Options that are about sockets and the processes that hold them. */
    private static final List<String> OF_SOCKETS =
            List.of("--by", "--free-fd", "--escalate", "--listeners", "--my-session");

    static int run(ParseResult line) throws FilterSyntaxException, UnavailableException {
        for (String option : OF_SOCKETS) {
            if (line.hasMatchedOption(option)) {
                Diagnostics.error(
                        option + " says nothing about a forwarded connection: both ends are reset by packets");
                return ExitCode.USAGE;
            }
        }
        ScopeOptions scope = ScopeOptions.of(line);
        if (scope.several()) {
            return ForwardedListing.oneNamespace();
        }
        Filter filter = FilterWords.parseForwarded(line);
        if (filter.restrictsNothing()) {
            Diagnostics.error("close --forwarded needs a filter: it will not cut everything that passes\n"
                    + "for example: lastack close --forwarded dst 10.0.0.9:443");
            return ExitCode.USAGE;
        }
        RemovalSwitches switches = RemovalSwitches.of(line);
        ForwardedCampaign campaign = plan(new ForwardedTable(scope.netns()), filter, scope, switches);
        return new Job<>(campaign, switches.caution(), ReportFormat.of(line)).carryOut();
    }

    private static ForwardedCampaign plan(
            ForwardedTable table, Filter filter, ScopeOptions scope, RemovalSwitches switches)
            throws UnavailableException {
        ForwardedSnapshot seen = table.snapshot(filter, scope.families());
        return new ForwardedCampaign(
                table,
                table.plan(seen.connections(), switches.caution().limit()),
                seen.connections().size(),
                seen.gaps(),
                switches.options().patience());
    }

    @Override
    public String hintWhenNothingMatched() {
        return "\nconntrack sees nothing until a firewall rule needs it (ct state, NAT); see: lastack ls --forwarded";
    }

    @Override
    public int actionable() {
        return connections().size();
    }

    @Override
    public String question() {
        return "Cut " + actionable() + (actionable() == 1 ? " connection?" : " connections?");
    }

    @Override
    public List<CutResult> preview() {
        return plan;
    }

    @Override
    public void execute(Consumer<CutResult> results) throws UnavailableException {
        plan.stream().filter(result -> !isPlanned(result)).forEach(results);
        table.cut(connections(), patience, results);
    }

    private List<ForwardedConnection> connections() {
        return plan.stream()
                .filter(ForwardedCampaign::isPlanned)
                .map(CutResult::connection)
                .toList();
    }

    private static boolean isPlanned(CutResult result) {
        return result.outcome() == Outcome.PLANNED;
    }

    @Override
    public void print(List<CutResult> results, Output out, ReportFormat format) {
        ForwardedReport.of(format == ReportFormat.json, out).print(results, matched);
    }

    @Override
    public int exitCode(List<CutResult> results) {
        int code = ExitCode.DONE;
        for (CutResult result : results) {
            switch (result.outcome()) {
                case STILL_THERE, SKIPPED -> {
                    return ExitCode.STILL_THERE;
                }
                case REFUSED -> code = ExitCode.UNAVAILABLE;
                case REMOVED, ALREADY_GONE, PLANNED -> {}
            }
        }
        return code;
    }
}
