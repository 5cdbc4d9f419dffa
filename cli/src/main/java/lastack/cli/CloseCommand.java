package lastack.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import lastack.cli.print.Output;
import lastack.cli.print.ResultPrinter;
import lastack.cli.print.Terminal;
import lastack.filter.Filter;
import lastack.filter.FilterSyntaxException;
import lastack.model.UnavailableException;
import lastack.remedy.Result;
import lastack.sockets.SocketTables;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lastack close}: remove sockets. */
@Command(
        mixinStandardHelpOptions = true,
        description = "Remove TCP sockets with the least harm: plan, make sure again, act, look again.",
        footer = {
            "",
            "Methods, from gentle to harsh: shutdown, disconnect, destroy, vanish, park, fd, term, kill.",
            "Without --by the first that fits of shutdown, disconnect, destroy.",
            "",
            "Examples:",
            "  lastack close --dry-run state close-wait pid = 4711",
            "  lastack close --yes --free-fd 'state close-wait and sport = :8080 and age > 5m'",
            "  lastack close --by term --escalate state close-wait comm = nc",
            "",
            "Exit codes: 0 done, 1 something is still there, 2 usage or confirmation needed, 3 nothing matched,",
            "4 not permitted or the kernel cannot."
        })
final class CloseCommand implements Callable<Integer> {
    @Mixin
    private ScopeOptions scope = new ScopeOptions();

    @Mixin
    private RemovalSwitches switches = new RemovalSwitches();

    @Mixin
    private FilterWords words = new FilterWords();

    @Option(
            names = "--format",
            paramLabel = "table|json",
            description = "how to report (default: ${DEFAULT-VALUE})",
            defaultValue = "table")
    private ReportFormat format = ReportFormat.table;

    /** The forms a report can take. */
    enum ReportFormat {
        table,
        json
    }

    @Override
    public Integer call() throws FilterSyntaxException, UnavailableException {
        Filter filter = words.parse();
        if (filter.isEmpty()) {
            Diagnostics.error("close needs a filter: it will not remove every socket of this host\n"
                    + "for example: lastack close state close-wait pid = 4711");
            return ExitCode.USAGE;
        }
        try (SocketTables tables = scope.open();
                Campaign campaign = Campaign.plan(tables, filter, scope.families(), switches)) {
            return carryOut(campaign);
        } catch (UncheckedIOException e) {
            return Diagnostics.outputFailed(e);
        }
    }

    private int carryOut(Campaign campaign) throws UnavailableException {
        Diagnostics.gaps(campaign.gaps());
        if (campaign.matched() == 0) {
            Diagnostics.error("nothing matched; nothing changed");
            return ExitCode.NO_MATCH;
        }
        if (switches.dryRun()) {
            report(campaign.preview(), campaign.matched());
            return ExitCode.DONE;
        }
        if (campaign.actionable() > 0 && !switches.yes() && !confirmed(campaign)) {
            return ExitCode.USAGE;
        }
        List<Result> results = new ArrayList<>();
        campaign.execute(results::add);
        report(results, campaign.matched());
        return ExitCode.of(results);
    }

    /** Whether the user says yes to the plan; without a terminal nobody can. */
    private boolean confirmed(Campaign campaign) {
        report(campaign.preview(), campaign.matched());
        if (!Terminal.detect().input()) {
            Diagnostics.error("nothing changed: add --yes to carry this plan out");
            return false;
        }
        System.err.print(
                "Remove " + campaign.actionable() + (campaign.actionable() == 1 ? " socket" : " sockets") + "? [y/N] ");
        System.err.flush();
        boolean yes = firstKey() == 'y';
        if (!yes) {
            Diagnostics.note("nothing changed");
        }
        return yes;
    }

    private static int firstKey() {
        try {
            return Character.toLowerCase(System.in.read());
        } catch (IOException e) {
            return -1;
        }
    }

    private void report(List<Result> results, int matched) {
        try (Output out = Output.standard()) {
            ResultPrinter printer = format == ReportFormat.json ? ResultPrinter.json(out) : ResultPrinter.text(out);
            printer.print(results, matched);
        }
    }
}
