package lastack.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import lastack.filter.FilterSyntaxException;
import lastack.model.UnavailableException;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Finds the subcommand that is meant and builds only that one: building all of them costs every start 20 ms. */
public final class Main {
    private Main() {}

    /** The program. */
    public static void main(String[] args) {
        int code = run(args);
        System.out.flush();
        // Not exit: it would load the logging classes first, 5 ms; there are no shutdown hooks to run.
        Runtime.getRuntime().halt(code);
    }

    /** Runs one command line and returns its exit code. */
    static int run(String... args) {
        if (args.length == 0 || args[0].startsWith("-")) {
            return ofTheWhole(args);
        }
        Commands command = Commands.named(args[0]);
        if (command == null) {
            return unknown(args[0]);
        }
        return execute(command.create(), "lastack " + command.label(), Arrays.copyOfRange(args, 1, args.length));
    }

    private static int ofTheWhole(String[] args) {
        return switch (args.length == 0 ? "" : args[0]) {
            case "--help", "-h" -> HelpCommand.root();
            case "--version", "-V" -> showVersion();
            default -> execute(new OverviewCommand(), "lastack", args);
        };
    }

    private static int showVersion() {
        return HelpCommand.show("lastack " + version() + "\n");
    }

    static int unknown(String word) {
        Diagnostics.error("there is no command '" + word + "'\nthe commands are: "
                + String.join(", ", Commands.labels()) + "\nsockets are listed with: lastack ls [FILTER]");
        return ExitCode.USAGE;
    }

    private static int execute(Subcommand command, String name, String... args) {
        return commandLine(command, name).execute(args);
    }

    static CommandLine commandLine(Subcommand command, String name) {
        CommandSpec spec = CommandSpec.create().name(name);
        command.declare(spec);
        Options.standard(spec);
        return new CommandLine(spec)
                .setExpandAtFiles(false)
                .setTrimQuotes(false)
                .setOverwrittenOptionsAllowed(true)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionStrategy(line -> run(command, line))
                .setParameterExceptionHandler(Main::explainUsage);
    }

    private static int run(Subcommand command, ParseResult line) {
        if (line.isUsageHelpRequested()) {
            return HelpCommand.show(line.commandSpec().commandLine());
        }
        if (line.isVersionHelpRequested()) {
            return showVersion();
        }
        try {
            return command.run(line);
        } catch (FilterSyntaxException e) {
            Diagnostics.error("cannot understand the filter\n" + e.message());
            return ExitCode.USAGE;
        } catch (UnavailableException e) {
            Diagnostics.error(String.valueOf(e.getMessage()));
            return ExitCode.UNAVAILABLE;
        } catch (ParameterException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static String version() {
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
}
