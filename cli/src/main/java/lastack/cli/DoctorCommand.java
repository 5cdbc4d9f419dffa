package lastack.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

final class DoctorCommand implements Subcommand {
    @Override
    public void declare(CommandSpec spec) {}

    @Override
    public int run(ParseResult r) {
        return 0;
    }
}
