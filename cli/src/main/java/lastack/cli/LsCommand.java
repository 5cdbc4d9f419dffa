package lastack.cli;

import java.io.UncheckedIOException;
import java.util.List;
import lastack.cli.print.Output;
import lastack.cli.print.SocketPrinter;
import lastack.filter.Filter;
import lastack.filter.FilterSyntaxException;
import lastack.model.Gap;
import lastack.model.UnavailableException;
import lastack.sockets.Query;
import lastack.sockets.SocketTables;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code lastack ls}: sockets in every state, with their owners. */
final class LsCommand implements Subcommand {
    @Override
    public String summary() {
        return "List TCP sockets in every state, with the processes that hold them.";
    }

    @Override
    public void declare(CommandSpec spec) {
        spec.usageMessage()
                .description(summary())
                .footer(
                        "",
                        "Examples:",
                        "  lastack ls state close-wait",
                        "  lastack ls 'sport = :8080 and age > 5m'",
                        "  lastack ls --format json state time-wait dst 10.0.0.0/8",
                        "  lastack ls --forwarded dst 10.0.0.9:443");
        ScopeOptions.declare(spec);
        ListingOptions.declare(spec);
        spec.addOption(Options.flag("only listeners, unless the filter names states", "-l", "--listening"));
        ForwardedListing.declare(spec);
        // Letters fingers type from ss: what they ask for is shown in any case.
        spec.addOption(Options.hidden("-t", "--tcp"));
        spec.addOption(Options.hidden("-a", "--all"));
        spec.addOption(Options.hidden("-n", "--numeric"));
        spec.addOption(Options.hidden("-p", "--processes"));
        spec.addOption(Options.hidden("-K", "--kill"));
        FilterWords.declare(spec);
    }

    @Override
    public int run(ParseResult line) throws FilterSyntaxException, UnavailableException {
        if (line.hasMatchedOption("--kill")) {
            Diagnostics.error("ls changes nothing, so it takes no -K\nto remove sockets: lastack close FILTER");
            return ExitCode.USAGE;
        }
        if (ForwardedListing.isAsked(line)) {
            return ForwardedListing.list(line);
        }
        ScopeOptions scope = ScopeOptions.of(line);
        ListingOptions listing = ListingOptions.of(line, scope.several());
        Query query = new Query(filter(line), scope.families(), listing.style().owners(), listing.needsDetails());
        return list(scope, listing, query);
    }

    private static Filter filter(ParseResult line) throws FilterSyntaxException, UnavailableException {
        Filter filter = FilterWords.parse(line);
        boolean listeners = line.hasMatchedOption("--listening") && !filter.namesStates();
        return listeners ? FilterWords.parse(line, "state", "listening") : filter;
    }

    private static int list(ScopeOptions scope, ListingOptions listing, Query query) throws UnavailableException {
        try (SocketTables tables = SocketTables.open(scope.netns());
                Output out = Output.standard()) {
            SocketPrinter printer = listing.printer(out);
            HiddenOwners hidden = new HiddenOwners(printer::print);
            List<Gap> gaps = tables.scan(query, hidden);
            printer.finish(gaps);
            out.flush();
            Diagnostics.gaps(hidden.relevant(gaps));
            return ExitCode.DONE;
        } catch (UncheckedIOException e) {
            return Diagnostics.outputFailed(e);
        }
    }
}
