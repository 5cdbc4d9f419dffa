package lastack.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code lastack help [COMMAND]}. */
@Command(mixinStandardHelpOptions = true, description = "Show the help of a command.")
final class HelpCommand implements Callable<Integer> {
    @Parameters(arity = "0..1", paramLabel = "COMMAND", description = "the command")
    private @Nullable String name;

    @Override
    public Integer call() {
        if (name == null) {
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
            root.addSubcommand(command.label(), command.create());
        }
        root.usage(System.out);
        return ExitCode.DONE;
    }
}
