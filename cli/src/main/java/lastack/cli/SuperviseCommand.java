package lastack.cli;

import lastack.cli.print.Output;
import lastack.launch.ForcedOptions;
import lastack.launch.Launch;
import lastack.launch.StandardError;
import lastack.launch.Supervision;
import lastack.model.UnavailableException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code lastack supervise}: the process {@code run} starts for itself. */
final class SuperviseCommand implements Subcommand {
    @Override
    public String summary() {
        return "Answer for a program; lastack run starts this by itself.";
    }

    @Override
    public void declare(CommandSpec spec) {
        spec.usageMessage().description(summary());
        spec.addOption(Options.text("PID:START:FD", "the process that waits for this", "--launch"));
        spec.addOption(Options.text("LINK", "its standard error", "--stderr"));
        ForcedSwitches.declare(spec);
    }

    @Override
    public int run(ParseResult line) throws UnavailableException {
        String handle = line.matchedOptionValue("--launch", "");
        if (!Launch.isHandle(handle)) {
            Diagnostics.error("'" + handle + "' is no PID:START:FD; lastack run starts this command by itself");
            return ExitCode.USAGE;
        }
        ForcedOptions forced = ForcedSwitches.of(line);
        Supervision supervision =
                Supervision.of(handle, forced, StandardError.of(line.matchedOptionValue("--stderr", "")));
        Supervision.rehearse(forced);
        try (Output out = Output.standard()) {
            out.line(Supervisor.READY);
        }
        supervision.detach();
        supervision.run();
        return ExitCode.DONE;
    }
}
