package lastack.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import lastack.filter.FilterSyntaxException;
import lastack.model.UnavailableException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Finds the subcommand that is meant and builds only that one: building all of them costs every start 20 ms. */
public final class Main {
    private Main() {}

    /** The program. */
    public static void main(String[] args) {
        System.exit(run(args));
    }

    /** Runs one command line and returns its exit code. */
    static int run(String... args) {
        if (args.length == 0 || args[0].startsWith("-")) {
            return isHelp(args) ? HelpCommand.root() : execute(new OverviewCommand(), "lastack", args);
        }
        Commands command = Commands.named(args[0]);
        if (command == null) {
            return unknown(args[0]);
        }
        return execute(command.create(), "lastack " + command.label(), Arrays.copyOfRange(args, 1, args.length));
    }

    private static boolean isHelp(String[] args) {
        return args.length > 0 && (args[0].equals("--help") || args[0].equals("-h"));
    }

    static int unknown(String word) {
        Diagnostics.error("there is no command '" + word + "'\nthe commands are: "
                + String.join(", ", Commands.labels()) + "\nsockets are listed with: lastack ls [FILTER]");
        return ExitCode.USAGE;
    }

    private static int execute(Object command, String name, String... args) {
        CommandLine line = commandLine(command, name);
        return line.execute(args);
    }

    static CommandLine commandLine(Object command, String name) {
        CommandLine line = new CommandLine(command);
        line.setCommandName(name);
        line.setExpandAtFiles(false);
        line.setTrimQuotes(false);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUnmatchedOptionsArePositionalParams(false);
        line.setParameterExceptionHandler(Main::explainUsage);
        line.setExecutionExceptionHandler(Main::explainFailure);
        line.getCommandSpec().version("lastack " + version());
        return line;
    }

    private static String version() {
        String version = Main.class.getPackage().getImplementationVersion();
        return version == null ? "(not packaged)" : version;
    }

    private static int explainUsage(ParameterException e, String[] args) {
        String name = e.getCommandLine().getCommandName();
        List<String> lines = new ArrayList<>(List.of(String.valueOf(e.getMessage())));
        if (e instanceof CommandLine.UnmatchedArgumentException unmatched) {
            lines.addAll(
                    unmatched.getSuggestions().isEmpty()
                            ? List.of()
                            : List.of("did you mean " + String.join(" or ", unmatched.getSuggestions()) + "?"));
        }
        lines.add("see: " + name + " --help");
        Diagnostics.error(String.join("\n", lines));
        return ExitCode.USAGE;
    }

    private static int explainFailure(Exception e, CommandLine line, CommandLine.ParseResult parsed) throws Exception {
        @Nullable Integer code = explain(e);
        if (code == null) {
            throw e;
        }
        return code;
    }

    private static @Nullable Integer explain(Exception e) {
        return switch (e) {
            case FilterSyntaxException syntax -> {
                Diagnostics.error(syntax.message());
                yield ExitCode.USAGE;
            }
            case UnavailableException unavailable -> {
                Diagnostics.error(String.valueOf(unavailable.getMessage()));
                yield ExitCode.UNAVAILABLE;
            }
            default -> null;
        };
    }
}
