package lastack.cli;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import lastack.cli.print.Output;
import lastack.cli.print.Terminal;
import lastack.diagnosis.Investigation;
import lastack.diagnosis.Report;
import lastack.filter.Filter;
import lastack.filter.FilterSyntaxException;
import lastack.model.Gap;
import lastack.model.TcpState;
import lastack.model.UnavailableException;
import lastack.sockets.Host;
import lastack.sockets.Query;
import lastack.sockets.SocketTables;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code lastack} alone: what lingers on this host. */
final class OverviewCommand implements Subcommand {
    /** States that are passed through quickly where nothing is wrong. */
    private static final List<TcpState> LINGERING = List.of(
            TcpState.CLOSE_WAIT,
            TcpState.LAST_ACK,
            TcpState.FIN_WAIT_1,
            TcpState.FIN_WAIT_2,
            TcpState.CLOSING,
            TcpState.TIME_WAIT,
            TcpState.SYN_SENT,
            TcpState.SYN_RECV);

    @Override
    public String summary() {
        return "Find TCP sockets that linger, see who holds them, and remove them with the least harm.";
    }

    @Override
    public void declare(CommandSpec spec) {
        spec.usageMessage()
                .description(summary())
                .footer(
                        "",
                        "Without a command: what lingers on this host, in all network namespaces.",
                        "",
                        "Examples:",
                        "  lastack",
                        "  lastack --netns self",
                        "  lastack help close",
                        "",
                        "Environment:",
                        "  NO_COLOR   where set, no colours",
                        "  COLUMNS    where set, how wide the terminal is",
                        "",
                        "Exit codes: 0 done, 1 something is still there, 2 usage or confirmation needed,",
                        "3 nothing matched, 4 not permitted or the kernel cannot, 130 interrupted.");
        spec.addOption(Options.text("self|all|NAME|PID", "the network namespaces (default: all)", "-N", "--netns"));
    }

    @Override
    public int run(ParseResult line) throws UnavailableException {
        String netns = line.matchedOptionValue("--netns", "all");
        try (SocketTables tables = SocketTables.open(netns);
                Output out = Output.standard()) {
            Overview overview = look(tables, netns);
            overview.lines().forEach(out::line);
            out.flush();
            Diagnostics.someGaps(HiddenOwners.relevant(overview.report()));
            return ExitCode.DONE;
        } catch (UncheckedIOException e) {
            return Diagnostics.outputFailed(e);
        }
    }

    /** Counts everything, and looks into what lingers, if anything does. */
    private static Overview look(SocketTables tables, String netns) throws UnavailableException {
        Map<TcpState, Integer> counts = Overview.noCounts();
        boolean[] full = {false};
        List<Gap> gaps = tables.stream(Query.of(Filter.all()).withoutOwners(), socket -> {
            counts.merge(socket.state(), 1, Integer::sum);
            full[0] |= socket.state() == TcpState.LISTEN && socket.receiveQueue() > socket.sendQueue();
        });
        boolean any = full[0] || LINGERING.stream().anyMatch(counts::containsKey);
        Report report = any
                ? Investigation.in(tables).upTo(WhyCommand.MOST).of(Query.of(lingering(full[0])))
                : new Report(0, 0, List.of(), List.of(), gaps);
        int namespaces = tables.tables().size();
        String where = Host.name() + (namespaces > 1 ? " (" + namespaces + " network namespaces)" : "");
        return new Overview(where, netns, counts, report, Terminal.detect().columns());
    }

    private static Filter lingering(boolean andListeners) {
        StringBuilder words = new StringBuilder(andListeners ? "state listening " : "");
        LINGERING.forEach(state -> words.append("state ").append(state.label()).append(' '));
        try {
            return Filter.parse(words.toString());
        } catch (FilterSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
