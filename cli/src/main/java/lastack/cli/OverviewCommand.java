package lastack.cli;

import java.io.UncheckedIOException;
import java.util.List;
import lastack.cli.print.Output;
import lastack.filter.Filter;
import lastack.model.Gap;
import lastack.model.UnavailableException;
import lastack.sockets.Host;
import lastack.sockets.Query;
import lastack.sockets.SocketTables;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code lastack} alone: what lingers on this host. */
final class OverviewCommand implements Subcommand {
    @Override
    public void declare(CommandSpec spec) {
        spec.usageMessage()
                .description("Find TCP sockets that linger, see who holds them, and remove them with the least harm.")
                .footer("", "Without a command: what lingers on this host, in all network namespaces.");
        spec.addOption(Options.text("self|all|NAME|PID", "the network namespaces (default: all)", "-N", "--netns"));
    }

    @Override
    public int run(ParseResult line) throws UnavailableException {
        String netns = line.matchedOptionValue("--netns", "all");
        try (SocketTables tables = SocketTables.open(netns);
                Output out = Output.standard()) {
            Overview overview = new Overview();
            HiddenOwners hidden = new HiddenOwners(overview::add);
            List<Gap> gaps = tables.stream(Query.of(Filter.all()), hidden);
            overview.lines(Host.name(), tables.tables().size(), netns).forEach(out::line);
            out.flush();
            Diagnostics.gaps(hidden.relevant(gaps));
            return ExitCode.DONE;
        } catch (UncheckedIOException e) {
            return Diagnostics.outputFailed(e);
        }
    }
}
