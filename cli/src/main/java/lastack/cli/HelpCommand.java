package lastack.cli;

import java.io.UncheckedIOException;
import lastack.cli.print.Output;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code lastack help [COMMAND]}. */
final class HelpCommand implements Subcommand {
    @Override
    public void declare(CommandSpec spec) {
        spec.usageMessage().description("Show the help of a command.");
        spec.addPositional(PositionalParamSpec.builder()
                .index("0")
                .arity("0..1")
                .type(String.class)
                .paramLabel("COMMAND")
                .description("the command")
                .build());
    }

    @Override
    public int run(ParseResult line) {
        String name = line.matchedPositionalValue(0, "");
        if (name.isEmpty()) {
            return root();
        }
        Commands command = Commands.named(name);
        if (command == null) {
            return Main.unknown(name);
        }
        return show(Main.commandLine(command.create(), "lastack " + command.label()));
    }

    /** The help of the program as a whole. */
    static int root() {
        CommandLine root = Main.commandLine(new OverviewCommand(), "lastack");
        for (Commands command : Commands.shown()) {
            root.addSubcommand(command.label(), Main.commandLine(command.create(), command.label()));
        }
        return show(root);
    }

    /** Prints the help of a command. */
    static int show(CommandLine command) {
        return show(command.getUsageMessage());
    }

    /** Prints what was asked for about the program itself. */
    static int show(String text) {
        try (Output out = Output.standard()) {
            out.line(text.stripTrailing());
            return ExitCode.DONE;
        } catch (UncheckedIOException e) {
            return Diagnostics.outputFailed(e);
        }
    }
}
