package lastack.cli;

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
        Main.commandLine(command.create(), "lastack " + command.label()).usage(System.out);
        return ExitCode.DONE;
    }

    /** The help of the program as a whole. */
    static int root() {
        CommandLine root = Main.commandLine(new OverviewCommand(), "lastack");
        for (Commands command : Commands.values()) {
            root.addSubcommand(command.label(), Main.commandLine(command.create(), command.label()));
        }
        root.usage(System.out);
        return ExitCode.DONE;
    }
}
