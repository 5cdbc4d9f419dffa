package lastack.cli;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import lastack.cli.print.JvmPrinter;
import lastack.cli.print.Output;
import lastack.cli.print.Terminal;
import lastack.filter.Filter;
import lastack.filter.FilterSyntaxException;
import lastack.jvm.Bounds;
import lastack.jvm.Jvm;
import lastack.model.UnavailableException;
import lastack.sockets.SocketTables;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** {@code lastack jvm}: which objects of a JVM hold its sockets, and which code opened them. */
final class JvmCommand implements Subcommand {
    /** How many openings a trace keeps unless it is told otherwise. */
    private static final int OPENINGS = 10_000;

    /** The forms the answer can take. */
    enum AnswerFormat {
        text,
        json
    }

    @Override
    public String summary() {
        return "Say which object of a running JVM holds each socket, how, and which thread waits in it.";
    }

    @Override
    public void declare(CommandSpec spec) {
        spec.usageMessage()
                .customSynopsis("lastack jvm [OPTIONS] PID|FILTER")
                .description(summary())
                .footer(
                        "",
                        "An agent goes into the JVM, looks at its objects, and stays in it asleep until --detach; the program",
                        "goes on meanwhile. A JVM from Java 21 on prints a warning about it on its own standard error.",
                        "An agent that came with the JVM (java -javaagent:FILE) has noted from the first moment where sockets are opened.",
                        "HotSpot JVMs from Java 8 on, in containers too; lastack runs as their user, or as root.",
                        "",
                        "Examples:",
                        "  lastack jvm 4711",
                        "  lastack jvm state close-wait sport = :8080",
                        "  lastack jvm 4711 --heap",
                        "  lastack jvm 4711 --trace",
                        "  lastack close --by jvm state close-wait pid = 4711",
                        "  lastack jvm --save-agent /opt/lastack-agent.jar   # for java -javaagent:/opt/lastack-agent.jar ...",
                        "",
                        "Exit codes: 0 done, 2 usage or confirmation needed, 3 nothing matched, 4 not permitted or the JVM cannot.");
        ScopeOptions.declare(spec);
        spec.addOption(Options.choice(AnswerFormat.class, "the form of the answer (default: text)", "--format"));
        spec.addOption(Options.choice(Terminal.Colour.class, "colours (default: auto); NO_COLOR is heeded", "--color"));
        spec.addOption(Options.flag(
                "for sockets that no field leads to: take a heap dump, look there, and delete it; asks first",
                "--heap"));
        spec.addOption(Options.flag("with --heap: do not ask", "-y", "--yes"));
        spec.addOption(Options.text("FILE", "with --heap: keep a copy of the dump there", "--keep"));
        spec.addOption(Options.flag("note from now on where sockets are opened, until --detach", "--trace"));
        spec.addOption(Options.value(
                Integer.class,
                new Caution.Count(),
                "N",
                "with --trace: keep the last N openings (default: " + OPENINGS + ")",
                "--openings"));
        spec.addOption(Options.flag("take the agent out again", "--detach"));
        spec.addOption(Options.value(
                Integer.class,
                new Caution.Count(),
                "N",
                "look at no more than N objects (default: " + Bounds.USUAL.nodes() + ")",
                "--objects"));
        spec.addOption(Options.value(
                Duration.class,
                new RemovalSwitches.TimeSpan(),
                "TIME",
                "look for no longer than TIME (default: 2s)",
                "--time"));
        spec.addOption(Options.text("FILE", "put the agent's jar there, for -javaagent", "--save-agent"));
        FilterWords.declare(spec);
    }

    @Override
    public int run(ParseResult line) throws FilterSyntaxException, UnavailableException {
        String file = line.matchedOptionValue("--save-agent", (String) null);
        if (file != null) {
            return AgentFile.save(file);
        }
        List<String> words = line.matchedPositionalValue(0, List.<String>of());
        if (words.isEmpty()) {
            throw new ParameterException(line.commandSpec().commandLine(), "which JVM? for example: lastack jvm 4711");
        }
        Integer pid = pid(words);
        try (Output out = Output.standard()) {
            return pid == null ? byFilter(line, out) : byPid(line, pid, out);
        } catch (UncheckedIOException e) {
            return Diagnostics.outputFailed(e);
        }
    }

    /** The one number, or null where the words are a filter. */
    static @Nullable Integer pid(List<String> words) {
        String word = words.getFirst();
        boolean number = words.size() == 1
                && !word.isEmpty()
                && word.length() < 10
                && word.chars().allMatch(Character::isDigit);
        return number ? Integer.valueOf(word) : null;
    }

    private static int byPid(ParseResult line, int pid, Output out) throws FilterSyntaxException, UnavailableException {
        JvmVisit visit = new JvmVisit(List.of(JvmVisit.Call.on(pid)), request(line));
        if (visit.isErrand()) {
            return visit.run(printer(line, out));
        }
        Jvm.consider(pid);
        String netns = line.matchedOptionValue("--netns", Jvm.sharesNetwork(pid) ? "self" : Integer.toString(pid));
        try (SocketTables tables = SocketTables.open(netns)) {
            Filter filter = Filter.parse(List.of("pid", "=", Integer.toString(pid)));
            Matches matches = Matches.of(tables, filter, ScopeOptions.of(line).families());
            return visit.about(matches).run(printer(line, out));
        }
    }

    private static int byFilter(ParseResult line, Output out) throws FilterSyntaxException, UnavailableException {
        Filter filter = FilterWords.parse(line);
        ScopeOptions scope = ScopeOptions.of(line);
        try (SocketTables tables = SocketTables.open(scope.netns())) {
            Matches matches = Matches.of(tables, filter, scope.families());
            if (matches.count() == 0) {
                Diagnostics.gaps(matches.gaps());
                Diagnostics.error("nothing matched");
                return ExitCode.NO_MATCH;
            }
            return new JvmVisit(JvmVisit.Call.onOwnersOf(matches), request(line))
                    .about(matches)
                    .run(printer(line, out));
        }
    }

    private static JvmVisit.Request request(ParseResult line) {
        Bounds bounds = new Bounds(
                line.matchedOptionValue("--objects", Bounds.USUAL.nodes()),
                line.matchedOptionValue("--time", Bounds.USUAL.time()));
        List<JvmVisit.Errand> errands = new ArrayList<>();
        if (line.hasMatchedOption("--trace")) {
            errands.add(JvmVisit.Errand.TRACE);
        }
        if (line.hasMatchedOption("--detach")) {
            errands.add(JvmVisit.Errand.DETACH);
        }
        if (errands.size() > 1) {
            throw new ParameterException(
                    line.commandSpec().commandLine(), "--trace and --detach are opposites: take one of them");
        }
        return new JvmVisit.Request(
                errands.isEmpty() ? JvmVisit.Errand.FIND : errands.getFirst(),
                line.matchedOptionValue("--openings", OPENINGS),
                bounds,
                HeapLook.of(line));
    }

    private static JvmPrinter printer(ParseResult line, Output out) {
        Terminal.Colour colour = line.matchedOptionValue("--color", Terminal.Colour.auto);
        return switch (line.matchedOptionValue("--format", AnswerFormat.text)) {
            case text -> JvmPrinter.text(out, Terminal.detect(), colour);
            case json -> JvmPrinter.json(out);
        };
    }
}
