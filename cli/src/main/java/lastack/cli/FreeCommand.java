package lastack.cli;

import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.List;
import lastack.cli.print.Output;
import lastack.cli.print.PortPrinter;
import lastack.cli.print.PortSurvey;
import lastack.model.Family;
import lastack.model.IpAddress;
import lastack.model.UnavailableException;
import lastack.ports.BindAnswer;
import lastack.ports.LocalPort;
import lastack.ports.PortSettings;
import lastack.remedy.Method;
import lastack.remedy.RemovalOptions;
import lastack.sockets.Namespaces;
import lastack.sockets.OpenNamespace;
import lastack.sockets.SocketTables;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/** {@code lastack free}: makes a local port bindable again. */
final class FreeCommand implements Subcommand {
    @Override
    public String summary() {
        return "Make a local port bindable again: try bind, remove what lingers on the port, try bind again.";
    }

    @Override
    public void declare(CommandSpec spec) {
        spec.usageMessage()
                .description(summary(), "PORT is a number, or ADDRESS:PORT.")
                .footer(
                        "",
                        "bind is really tried, without and with SO_REUSEADDR, on 0.0.0.0 and on [::] for both families.",
                        "What lingers goes: TIME-WAIT, FIN-WAIT, CLOSE-WAIT, LAST-ACK, CLOSING. What is alive stays:",
                        "listeners unless --listeners, which takes the descriptor too, connections in use unless",
                        "--established, sockets that are only bound unless --free-fd.",
                        "",
                        "Examples:",
                        "  lastack free --dry-run 8080",
                        "  lastack free --yes 10.0.0.5:8080",
                        "  lastack free --yes --listeners --established 8080",
                        "",
                        "Exit codes: 0 bind works without SO_REUSEADDR, 1 it does not, 2 usage or confirmation needed,",
                        "4 not permitted.");
        spec.addOption(
                Options.text("self|NAME|PID", "the network namespace (default: self)", "-N", "--netns", "--net"));
        spec.addOption(Options.value(
                IpAddress.class,
                new Address(),
                "ADDRESS",
                "only this local address (default: every one)",
                "--address"));
        spec.addOption(Options.flag("connections in use too", "--established"));
        RemovalSwitches.declare(spec);
        ReportFormat.declare(spec);
        spec.addPositional(PositionalParamSpec.builder()
                .index("0")
                .arity("1")
                .required(true)
                .type(LocalPort.class)
                .converters(new Port())
                .paramLabel("PORT")
                .description("the port, such as 8080, 10.0.0.5:8080 or [::1]:8080")
                .build());
    }

    @Override
    public int run(ParseResult line) throws UnavailableException {
        String netns = line.matchedOptionValue("--netns", "self");
        if (netns.equals("all")) {
            Diagnostics.error("free looks at one network namespace at a time: every one has ports of its own");
            return ExitCode.USAGE;
        }
        try (OpenNamespace namespace = OpenNamespace.named(netns);
                SocketTables tables = SocketTables.open(netns)) {
            return free(line, namespace, tables);
        } catch (UncheckedIOException e) {
            return Diagnostics.outputFailed(e);
        }
    }

    private static int free(ParseResult line, OpenNamespace namespace, SocketTables tables)
            throws UnavailableException {
        LocalPort port = port(line);
        RemovalSwitches switches = RemovalSwitches.of(line);
        if (maySignal(switches.options()) && !switches.options().listeners()) {
            Diagnostics.error("a signal ends a program with everything it listens on, and free spares listeners\n"
                    + "leave --by and --escalate to lastack, or allow it with --listeners");
            return ExitCode.USAGE;
        }
        PortSurvey survey = namespace.call(() -> new PortSurvey(
                port, Namespaces.self(), port.tryToBind(), PortSettings.read().remarks(port.number())));
        Matches matches = Matches.of(tables, port.rivals(), EnumSet.allOf(Family.class));
        ReportFormat format = ReportFormat.of(line);
        if (!survey.isTaken() || matches.count() == 0) {
            return nothingToDo(survey, matches, format);
        }
        PortCampaign campaign =
                PortCampaign.plan(survey, namespace, matches, switches, line.hasMatchedOption("--established"));
        return new Job<>(campaign, switches.caution(), format).carryOut();
    }

    private static boolean maySignal(RemovalOptions options) {
        return options.escalate()
                || options.by()
                        .filter(method -> method == Method.TERM || method == Method.KILL)
                        .isPresent();
    }

    private static LocalPort port(ParseResult line) {
        LocalPort port = line.matchedPositionalValue(0, null);
        IpAddress address = line.matchedOptionValue("--address", null);
        return address == null ? port : port.at(address);
    }

    /** Either bind works, or no removal would help it. */
    private static int nothingToDo(PortSurvey survey, Matches matches, ReportFormat format) {
        try (Output out = Output.standard()) {
            PortPrinter printer = format == ReportFormat.json ? PortPrinter.json(out) : PortPrinter.text(out);
            printer.print(survey, List.of(), matches.count(), List.of());
        }
        if (survey.isFree()) {
            return ExitCode.DONE;
        }
        Diagnostics.error(survey.whyNot());
        return survey.before().stream().anyMatch(BindAnswer::isForbidden) ? ExitCode.UNAVAILABLE : ExitCode.STILL_THERE;
    }

    /** A port on the command line. */
    static final class Port implements ITypeConverter<LocalPort> {
        @Override
        public LocalPort convert(String text) {
            try {
                return LocalPort.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    /** An address on the command line. */
    static final class Address implements ITypeConverter<IpAddress> {
        @Override
        public @Nullable IpAddress convert(String text) {
            try {
                return LocalPort.address(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
