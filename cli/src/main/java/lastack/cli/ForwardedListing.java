package lastack.cli;

import java.util.List;
import lastack.cli.print.Format;
import lastack.cli.print.ForwardedPrinter;
import lastack.cli.print.Output;
import lastack.filter.FilterSyntaxException;
import lastack.forwarded.ForwardedSnapshot;
import lastack.forwarded.ForwardedTable;
import lastack.model.ForwardedConnection;
import lastack.model.UnavailableException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code lastack ls --forwarded}: what passes through this host. */
final class ForwardedListing {
    private static final String SWITCH = "--forwarded";

    private ForwardedListing() {}

    static void declare(CommandSpec spec) {
        spec.addOption(Options.flag("connections that pass through this host as a router (conntrack)", SWITCH));
    }

    /** Whether connections are meant and not sockets. */
    static boolean isAsked(ParseResult line) {
        return line.hasMatchedOption(SWITCH);
    }

    static int list(ParseResult line) throws FilterSyntaxException, UnavailableException {
        ScopeOptions scope = ScopeOptions.of(line);
        if (scope.several()) {
            return oneNamespace();
        }
        ForwardedSnapshot seen =
                new ForwardedTable(scope.netns()).snapshot(FilterWords.parseForwarded(line), scope.families());
        List<ForwardedConnection> found = seen.connections();
        Diagnostics.gaps(seen.gaps());
        try (Output out = Output.standard()) {
            Format format = line.matchedOptionValue("--format", Format.table);
            ForwardedPrinter.of(format, out, !line.hasMatchedOption("--no-header"))
                    .print(found);
        }
        if (found.isEmpty()) {
            Diagnostics.note(
                    "note: conntrack remembers no such connection; it sees none at all until a firewall rule needs it"
                            + " (ct state, NAT)");
        }
        return ExitCode.DONE;
    }

    static int oneNamespace() {
        Diagnostics.error("--forwarded looks at one network namespace at a time; name it with --netns NAME or PID");
        return ExitCode.USAGE;
    }
}
