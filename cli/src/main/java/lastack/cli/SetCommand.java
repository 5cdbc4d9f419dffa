package lastack.cli;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import lastack.filter.Filter;
import lastack.filter.FilterSyntaxException;
import lastack.model.UnavailableException;
import lastack.options.OptionName;
import lastack.options.OptionSyntaxException;
import lastack.options.SocketOption;
import lastack.sockets.SocketTables;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code lastack set}: options on live sockets of running programs. */
final class SetCommand implements Subcommand {
    @Override
    public String summary() {
        return "Set socket options on live sockets of running programs, and read them back.";
    }

    @Override
    public void declare(CommandSpec spec) {
        spec.usageMessage()
                .customSynopsis("lastack set [OPTIONS] FILTER NAME=VALUE...")
                .description(summary())
                .footer(footer());
        ScopeOptions.declare(spec);
        Caution.declare(spec);
        ReportFormat.declare(spec);
        FilterWords.declare(spec, assignments());
    }

    private static String[] assignments() {
        List<String> assignments = new ArrayList<>();
        for (OptionName name : OptionName.values()) {
            assignments.add(name + "=");
        }
        return assignments.toArray(String[]::new);
    }

    private static String[] footer() {
        List<String> lines = new ArrayList<>(List.of("", "Options of sockets:"));
        for (OptionName name : OptionName.values()) {
            lines.add("  " + name + "=  " + name.form());
            lines.add("      " + name.purpose());
        }
        lines.addAll(List.of(
                "",
                "What a listener accepts later inherits its options: set them there with --listeners.",
                "keepalive ends a socket whose peer's host is gone, never one whose peer still answers.",
                "",
                "Examples:",
                "  lastack set state established sport = :5432 keepalive=60s:10s:6",
                "  lastack set --yes comm = java user-timeout=30s fin-timeout=5s",
                "  lastack set --dry-run --listeners state listening sport = :8080 linger=0 reuseaddr=on",
                "",
                "Exit codes: 0 done, 1 something was not set, 2 usage or confirmation needed,",
                "3 nothing matched, 4 not permitted."));
        return lines.toArray(String[]::new);
    }

    @Override
    public int run(ParseResult line) throws FilterSyntaxException, UnavailableException {
        try {
            SetWords words = SetWords.of(line.matchedPositionalValue(0, List.<String>of()));
            Filter filter = FilterWords.parse(ScopeOptions.of(line).netns(), words.filter());
            return set(line, filter, words.options());
        } catch (OptionSyntaxException e) {
            Diagnostics.error(e.getMessage()
                    + "\nfor example: lastack set state established dport = :5432 keepalive=60s:10s:6"
                    + "\nsee: lastack help set");
            return ExitCode.USAGE;
        } catch (UncheckedIOException e) {
            return Diagnostics.outputFailed(e);
        }
    }

    private static int set(ParseResult line, Filter filter, List<SocketOption> options) throws UnavailableException {
        if (filter.restrictsNothing()) {
            Diagnostics.error("set needs a filter: it will not change every socket of this host\n"
                    + "for example: lastack set state established dport = :5432 keepalive=60s:10s:6");
            return ExitCode.USAGE;
        }
        ScopeOptions scope = ScopeOptions.of(line);
        Caution caution = Caution.of(line);
        try (SocketTables tables = SocketTables.open(scope.netns())) {
            Matches matches = Matches.of(tables, filter, scope.families());
            if (matches.count() == 0) {
                FilterWords.explainDevice(filter);
            }
            OptionCampaign campaign = OptionCampaign.plan(matches, filter, options, caution);
            return new Job<>(campaign, caution, ReportFormat.of(line)).carryOut();
        }
    }
}
