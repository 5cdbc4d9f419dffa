package lastack.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import lastack.cli.census.Changes;
import lastack.cli.census.Lookout;
import lastack.cli.census.Question;
import lastack.cli.print.Terminal;
import lastack.cli.tui.Watch;
import lastack.filter.Filter;
import lastack.filter.FilterSyntaxException;
import lastack.model.UnavailableException;
import lastack.sockets.Host;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code lastack watch}: full screen, live. */
final class WatchCommand implements Subcommand {
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** A kernel with large tables needs some of this for a look alone. */
    private static final Duration SHORTEST = Duration.ofMillis(100);

    @Override
    public String summary() {
        return "Watch TCP sockets live: the state machine, groups with their trends, and each socket.";
    }

    @Override
    public void declare(CommandSpec spec) {
        spec.usageMessage()
                .description(summary())
                .footer(
                        "",
                        "Keys: arrows or j k, Tab, Enter: why, /: filter, s: sort, Space: mark, c: close, d: dry run,",
                        "p: pause, n: namespaces, h: help, q: quit. Nothing is closed that was not shown and agreed to.",
                        "",
                        "Examples:",
                        "  lastack watch",
                        "  lastack watch state close-wait",
                        "  lastack watch --every 5s --netns self 'sport = :8080'",
                        "",
                        "Exit codes: 0 quit, 2 usage or no terminal, 4 not permitted or the kernel cannot, 130 interrupted.");
        ScopeOptions.declare(spec, "all");
        spec.addOption(Options.value(
                Duration.class,
                new RemovalSwitches.TimeSpan(),
                "TIME",
                "how often to look, such as 500ms or 5s (default: 1s)",
                "--every"));
        spec.addOption(Options.flag("draw with nothing but ASCII; without it the locale decides", "--ascii"));
        spec.addOption(Options.choice(Terminal.Colour.class, "colours (default: auto); NO_COLOR is heeded", "--color"));
        FilterWords.declare(spec);
    }

    @Override
    public int run(ParseResult line) throws FilterSyntaxException, UnavailableException, IOException {
        ScopeOptions scope = ScopeOptions.of(line, "all");
        Filter filter = FilterWords.parse(scope.netns(), line.matchedPositionalValue(0, List.<String>of()));
        Terminal terminal = Terminal.detect();
        String why = whyNot(terminal, System.getenv("TERM"));
        if (why != null) {
            Diagnostics.error(why);
            return ExitCode.USAGE;
        }
        Duration every = line.matchedOptionValue("--every", SECOND);
        Watch.Settings settings = new Watch.Settings(
                Host.name(),
                every.compareTo(SHORTEST) < 0 ? SHORTEST : every,
                Question.ALL.of(filter),
                terminal.colours(line.matchedOptionValue("--color", Terminal.Colour.auto)),
                line.hasMatchedOption("--ascii") || !terminal.unicode());
        try (Lookout lookout = Lookout.open(scope.netns(), scope.families(), Changes.NONE)) {
            return Watch.run(lookout, new WatchActs(scope), settings);
        }
    }

    /** Why this cannot be shown here, or null. */
    private static @Nullable String whyNot(Terminal terminal, @Nullable String type) {
        if (!terminal.input() || !terminal.output()) {
            String which = terminal.output() ? "input" : "output";
            return "watch needs a terminal, and standard " + which + " is none\n"
                    + "for scripts there are: lastack ls, lastack why";
        }
        if (type == null || type.isEmpty() || type.equals("dumb")) {
            return "watch needs a terminal that can place text, and TERM is "
                    + (type == null || type.isEmpty() ? "not set" : type)
                    + "\nif it can: TERM=xterm lastack watch";
        }
        return null;
    }
}
