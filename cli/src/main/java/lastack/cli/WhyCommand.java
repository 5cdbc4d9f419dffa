package lastack.cli;

import java.io.UncheckedIOException;
import java.time.Duration;
import lastack.cli.print.DiagnosisPrinter;
import lastack.cli.print.Output;
import lastack.cli.print.Terminal;
import lastack.diagnosis.Investigation;
import lastack.diagnosis.Report;
import lastack.filter.Filter;
import lastack.filter.FilterSyntaxException;
import lastack.model.UnavailableException;
import lastack.sockets.Query;
import lastack.sockets.SocketTables;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code lastack why}: what is the matter with each socket, how that is known, and what can be done. */
final class WhyCommand implements Subcommand {
    /** A diagnosis takes about ten kilobytes. */
    static final int MOST = 20_000;

    /** The forms the answer can take. */
    enum AnswerFormat {
        text,
        json,
        jsonl
    }

    @Override
    public String summary() {
        return "Say why sockets are as they are: a verdict, the evidence, and what to do.";
    }

    @Override
    public void declare(CommandSpec spec) {
        spec.usageMessage()
                .description(summary())
                .footer(
                        "",
                        "Changes nothing. Whether a port can be bound or a connection be made is tried where the answer",
                        "depends on it, in microseconds and without a packet, and never where that could end a socket.",
                        "",
                        "Examples:",
                        "  lastack why state close-wait",
                        "  lastack why --sample 10s 'state established recvq > 0'",
                        "  lastack why --netns all --format json state fin-wait-2",
                        "",
                        "Exit codes: 0 done, 2 usage, 3 nothing matched, 4 not permitted or the kernel cannot.");
        ScopeOptions.declare(spec);
        spec.addOption(Options.choice(AnswerFormat.class, "the form of the answer (default: text)", "--format"));
        spec.addOption(Options.choice(Terminal.Colour.class, "colours (default: auto); NO_COLOR is heeded", "--color"));
        spec.addOption(Options.value(
                Integer.class,
                new Caution.Count(),
                "N",
                "look into at most N sockets (default: " + MOST + ")",
                "--limit"));
        spec.addOption(Options.value(
                Duration.class,
                new RemovalSwitches.TimeSpan(),
                "TIME",
                "look twice, this far apart, such as 10s: says what grows and what moves",
                "--sample"));
        FilterWords.declare(spec);
    }

    @Override
    public int run(ParseResult line) throws FilterSyntaxException, UnavailableException {
        Filter filter = FilterWords.parse(line);
        ScopeOptions scope = ScopeOptions.of(line);
        Query query = Query.of(filter).ofFamilies(scope.families());
        int limit = line.matchedOptionValue("--limit", MOST);
        Duration sample = line.matchedOptionValue("--sample", Duration.ZERO);
        try (SocketTables tables = SocketTables.open(scope.netns());
                Output out = Output.standard()) {
            Report report =
                    OpeningLines.addedTo(Investigation.in(tables).upTo(limit).of(query, sample));
            return answer(report, printer(line, out));
        } catch (UncheckedIOException e) {
            return Diagnostics.outputFailed(e);
        }
    }

    private static DiagnosisPrinter printer(ParseResult line, Output out) {
        Terminal.Colour colour = line.matchedOptionValue("--color", Terminal.Colour.auto);
        return switch (line.matchedOptionValue("--format", AnswerFormat.text)) {
            case text -> DiagnosisPrinter.text(out, Terminal.detect(), colour);
            case json -> DiagnosisPrinter.json(out);
            case jsonl -> DiagnosisPrinter.jsonLines(out);
        };
    }

    private static int answer(Report report, DiagnosisPrinter printer) {
        printer.print(report);
        Diagnostics.gaps(HiddenOwners.relevant(report));
        if (report.matched() == 0 && report.gone() == 0) {
            Diagnostics.error("nothing matched");
            return ExitCode.NO_MATCH;
        }
        return ExitCode.DONE;
    }
}
