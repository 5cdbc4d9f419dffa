package lastack.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * One command: what it accepts, and what it does.
 *
 * <p>Declared in code and not by annotations: those cost every start 35 ms, for proxies made at run time
 * (docs/decisions/0003).
 */
interface Subcommand {
    /** What it is for, in one sentence. */
    String summary();

    /** Adds options, parameters and help texts. */
    void declare(CommandSpec spec);

    /** Does what the parsed command line says and returns the exit code. */
    int run(ParseResult line) throws Exception;
}
