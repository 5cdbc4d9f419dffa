package lastack.cli;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import lastack.cli.CloseCommand.ReportFormat;
import lastack.cli.print.ForwardedReport;
import lastack.cli.print.Output;
import lastack.filter.Filter;
import lastack.filter.FilterSyntaxException;
import lastack.forwarded.CutResult;
import lastack.forwarded.ForwardedTable;
import lastack.model.ForwardedConnection;
import lastack.model.UnavailableException;
import picocli.CommandLine.ParseResult;

/**
 * {@code lastack close --forwarded}, from plan to report.
 *
 * @param table where
 * @param connections what is to be cut
 * @param matched how many the filter meant, whatever the limit
 * @param switches what was said on the command line
 * @param format the form of the report
 */
record ForwardedJob(
        ForwardedTable table,
        List<ForwardedConnection> connections,
        int matched,
        RemovalSwitches switches,
        ReportFormat format) {
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
        ForwardedTable table = new ForwardedTable(scope.netns());
        List<ForwardedConnection> found = table.list(filter, scope.families());
        List<ForwardedConnection> kept = found.subList(0, Math.min(found.size(), switches.limit()));
        ReportFormat format = line.matchedOptionValue("--format", ReportFormat.table);
        return new ForwardedJob(table, kept, found.size(), switches, format).carryOut();
    }

    private int carryOut() throws UnavailableException {
        if (connections.isEmpty()) {
            if (format == ReportFormat.json) {
                report(List.of());
            }
            Diagnostics.error(
                    "nothing matched; nothing changed\nconntrack sees nothing until a firewall rule needs it (ct state, NAT);"
                            + " see: lastack ls --forwarded");
            return ExitCode.NO_MATCH;
        }
        if (switches.dryRun()) {
            report(plan());
            return ExitCode.DONE;
        }
        String question = "Cut " + connections.size() + (connections.size() == 1 ? " connection?" : " connections?");
        if (!switches.yes() && !Consent.given(question, printer(plan()))) {
            return ExitCode.USAGE;
        }
        return exitCode(executed());
    }

    /** What is known is reported also when the rest fails. */
    private List<CutResult> executed() throws UnavailableException {
        List<CutResult> results = new ArrayList<>();
        try {
            table.cut(connections, switches.options().patience(), results::add);
        } finally {
            report(results);
        }
        return results;
    }

    private List<CutResult> plan() {
        return connections.stream().map(CutResult::planned).toList();
    }

    private Consumer<Output> printer(List<CutResult> results) {
        return out -> ForwardedReport.of(format == ReportFormat.json, out).print(results, matched);
    }

    /** The exit code says what became of the connections, also when nobody reads the report. */
    private void report(List<CutResult> results) {
        try (Output out = Output.standard()) {
            printer(results).accept(out);
        } catch (UncheckedIOException e) {
            Diagnostics.outputFailed(e);
        }
    }

    private static int exitCode(List<CutResult> results) {
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
