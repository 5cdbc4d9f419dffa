package lastack.cli;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.Callable;
import lastack.cli.print.Output;
import lastack.filter.Filter;
import lastack.model.Gap;
import lastack.model.UnavailableException;
import lastack.sockets.Host;
import lastack.sockets.Query;
import lastack.sockets.SocketTables;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code lastack} alone: what lingers on this host. */
@Command(
        mixinStandardHelpOptions = true,
        description = "Find TCP sockets that linger, see who holds them, and remove them with the least harm.",
        footer = {"", "Without a command: what lingers on this host, in all network namespaces."})
final class OverviewCommand implements Callable<Integer> {
    @Option(
            names = {"-N", "--netns"},
            paramLabel = "self|all|NAME|PID",
            description = "the network namespaces (default: ${DEFAULT-VALUE})",
            defaultValue = "all")
    private String netns = "all";

    @Override
    public Integer call() throws UnavailableException {
        try (SocketTables tables = SocketTables.open(netns);
                Output out = Output.standard()) {
            Overview overview = new Overview();
            List<Gap> gaps = tables.stream(Query.of(Filter.all()), overview::add);
            overview.lines(Host.name(), tables.tables().size()).forEach(out::line);
            out.flush();
            Diagnostics.gaps(gaps);
            return ExitCode.DONE;
        } catch (UncheckedIOException e) {
            return Diagnostics.outputFailed(e);
        }
    }
}
