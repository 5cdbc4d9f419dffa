package lastack.cli;

import java.io.UncheckedIOException;
import java.time.Duration;
import lastack.cli.print.EventFormat;
import lastack.cli.print.Output;
import lastack.cli.print.Terminal;
import lastack.filter.FilterSyntaxException;
import lastack.live.Scope;
import lastack.live.StateChanges;
import lastack.model.UnavailableException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** {@code lastack events}: state changes as they happen. */
final class EventsCommand implements Subcommand {
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration OFTENEST = Duration.ofMillis(10);
    private static final Duration FOR_EVER = Duration.ofDays(36_500);

    @Override
    public String summary() {
        return "Show every change of state of a TCP socket as it happens, in all network namespaces.";
    }

    @Override
    public void declare(CommandSpec spec) {
        spec.usageMessage()
                .description(summary())
                .footer(
                        "",
                        "The filter is about the socket after the change: state is the one it comes into, age how long it was",
                        "in the one it left, and who held it last counts as its owner. A change whose socket was gone before",
                        "it could be looked at is shown with its addresses only, where these alone satisfy the filter.",
                        "The ends of TIME-WAIT, and of FIN-WAIT-2 without a program, come from their timers, and say so.",
                        "Without CAP_PERFMON and tracefs sockets are looked at again and again, every --every.",
                        "",
                        "Examples:",
                        "  lastack events state close-wait",
                        "  lastack events --netns blue --format jsonl dport = :5432",
                        "  lastack events --for 30s --summary",
                        "",
                        "Exit codes: 0 done, 2 usage, 4 not permitted or the kernel cannot, 130 interrupted.");
        ScopeOptions.declare(spec, "all");
        spec.addOption(Options.choice(EventFormat.class, "the form of the answer (default: table)", "--format"));
        spec.addOption(Options.flag("no heading", "-H", "--no-header"));
        spec.addOption(Options.choice(Terminal.Colour.class, "colours (default: auto); NO_COLOR is heeded", "--color"));
        time(spec, "end after this time, such as 30s", "--for");
        spec.addOption(Options.value(Integer.class, new Caution.Count(), "N", "end after N changes", "--count"));
        time(spec, "how often to look where the kernel does not tell (default: 1s)", "--every");
        spec.addOption(Options.flag(
                "only sum up at the end: how often which state followed which, how long in each", "--summary"));
        FilterWords.declare(spec);
    }

    private static void time(CommandSpec spec, String description, String name) {
        spec.addOption(Options.value(Duration.class, new RemovalSwitches.TimeSpan(), "TIME", description, name));
    }

    @Override
    public int run(ParseResult line) throws FilterSyntaxException, UnavailableException {
        ScopeOptions where = ScopeOptions.of(line, "all");
        Scope scope = new Scope(where.netns(), where.families(), FilterWords.parseIn(where.netns(), line), every(line));
        Interruption interruption = new Interruption();
        try (StateChanges changes = StateChanges.open(scope);
                Output out = Output.standard()) {
            EventStream stream = new EventStream(changes, out, EventStream.Form.of(line), interruption);
            return stream.run(line.matchedOptionValue("--for", FOR_EVER), line.matchedOptionValue("--count", 0));
        } catch (UncheckedIOException e) {
            return Diagnostics.outputFailed(e);
        } finally {
            interruption.release();
        }
    }

    private static Duration every(ParseResult line) {
        Duration every = line.matchedOptionValue("--every", EVERY);
        if (every.compareTo(OFTENEST) < 0) {
            throw new ParameterException(
                    line.commandSpec().commandLine(), "--every is 10ms or more: each time all sockets are listed");
        }
        return every;
    }
}
