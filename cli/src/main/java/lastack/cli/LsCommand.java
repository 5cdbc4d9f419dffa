package lastack.cli;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.Callable;
import lastack.cli.print.Output;
import lastack.cli.print.SocketPrinter;
import lastack.filter.Filter;
import lastack.filter.FilterSyntaxException;
import lastack.model.Gap;
import lastack.model.UnavailableException;
import lastack.sockets.Query;
import lastack.sockets.SocketTables;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lastack ls}: sockets in every state, with their owners. */
@Command(
        mixinStandardHelpOptions = true,
        description = "List TCP sockets in every state, with the processes that hold them.",
        footer = {
            "",
            "Examples:",
            "  lastack ls state close-wait",
            "  lastack ls 'sport = :8080 and age > 5m'",
            "  lastack ls --format json state time-wait dst 10.0.0.0/8"
        })
final class LsCommand implements Callable<Integer> {
    @Mixin
    private ScopeOptions scope = new ScopeOptions();

    @Mixin
    private FilterWords words = new FilterWords();

    @Mixin
    private ListingOptions listing = new ListingOptions();

    @Option(names = "--no-owners", description = "do not look for the processes that hold them")
    private boolean noOwners;

    @Option(
            names = {"-l", "--listening"},
            description = "only listeners, unless the filter names states")
    private boolean listening;

    @Option(
            names = {"-t", "--tcp", "-a", "--all", "-n", "--numeric", "-p", "--processes"},
            hidden = true)
    @SuppressWarnings("unused") // Letters fingers type from ss: what they ask for is shown in any case.
    private boolean asAlways;

    @Option(
            names = {"-K", "--kill"},
            hidden = true)
    private boolean kill;

    @Override
    public Integer call() throws FilterSyntaxException, UnavailableException {
        if (kill) {
            Diagnostics.error("ls changes nothing, so it takes no -K\nto remove sockets: lastack close FILTER");
            return ExitCode.USAGE;
        }
        Query query = query();
        try (SocketTables tables = scope.open();
                Output out = Output.standard()) {
            SocketPrinter printer = listing.printer(out, !noOwners, scope.several());
            List<Gap> gaps = tables.stream(query, printer::print);
            printer.finish(gaps);
            Diagnostics.gaps(gaps);
            return ExitCode.DONE;
        } catch (UncheckedIOException e) {
            return Diagnostics.outputFailed(e);
        }
    }

    private Query query() throws FilterSyntaxException {
        return new Query(filter(), scope.families(), !noOwners, listing.needsDetails());
    }

    private Filter filter() throws FilterSyntaxException {
        Filter filter = words.parse();
        return listening && !filter.namesStates() ? words.parse("state", "listening") : filter;
    }
}
