package lastack.cli;

import java.io.UncheckedIOException;
import java.util.Optional;
import lastack.filter.Filter;
import lastack.filter.FilterSyntaxException;
import lastack.model.UnavailableException;
import lastack.remedy.Method;
import lastack.sockets.SocketTables;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code lastack close}: remove sockets. */
final class CloseCommand implements Subcommand {
    @Override
    public String summary() {
        return "Remove TCP sockets with the least harm: plan, make sure again, act, look again.";
    }

    @Override
    public void declare(CommandSpec spec) {
        spec.usageMessage()
                .description(summary())
                .footer(
                        "",
                        "Methods, from gentle to harsh: shutdown, disconnect, destroy, reset, vanish, park, fd, jvm, term, kill.",
                        "Without --by the first that fits of shutdown, disconnect, destroy, reset.",
                        "jvm closes the object inside its JVM; it comes first where lastack jvm has put its agent there already.",
                        "reset sends packets: it needs no SOCK_DESTROY, and removes what no process holds, too.",
                        "",
                        "Examples:",
                        "  lastack close --dry-run state close-wait pid = 4711",
                        "  lastack close --yes --free-fd 'state close-wait sport = :8080 age > 5m'",
                        "  lastack close on eth0 state connected",
                        "  lastack close --by term --escalate state close-wait comm = nc",
                        "  lastack close --forwarded --dry-run dst 10.0.0.9:443    (on the router between the two ends)",
                        "  lastack close --by reset --both-ends --yes dst 10.0.0.9",
                        "",
                        "Exit codes: 0 done, 1 something is still there, 2 usage or confirmation needed,",
                        "3 nothing matched, 4 not permitted or the kernel cannot.");
        ScopeOptions.declare(spec);
        RemovalSwitches.declare(spec);
        ForwardedListing.declare(spec);
        ReportFormat.declare(spec);
        FilterWords.declare(spec);
    }

    @Override
    public int run(ParseResult line) throws FilterSyntaxException, UnavailableException {
        if (ForwardedListing.isAsked(line)) {
            return ForwardedCampaign.run(line);
        }
        Filter filter = FilterWords.parse(line);
        if (filter.restrictsNothing()) {
            Diagnostics.error("close needs a filter: it will not remove every socket of this host\n"
                    + "for example: lastack close state close-wait pid = 4711");
            return ExitCode.USAGE;
        }
        ScopeOptions scope = ScopeOptions.of(line);
        RemovalSwitches switches = RemovalSwitches.of(line);
        if (switches.options().by().equals(Optional.of(Method.JVM))) {
            Diagnostics.note(
                    "note: --by jvm has an agent loaded by the JVM; from Java 21 on it prints a warning about that on its"
                            + " standard error");
        }
        try (SocketTables tables = SocketTables.open(scope.netns())) {
            Matches matches = Matches.of(tables, filter, scope.families());
            if (matches.count() == 0) {
                FilterWords.explainDevice(filter);
            }
            Campaign campaign = Campaign.plan(matches, filter, switches);
            return new Job<>(campaign, switches.caution(), ReportFormat.of(line)).carryOut();
        } catch (UncheckedIOException e) {
            return Diagnostics.outputFailed(e);
        }
    }
}
