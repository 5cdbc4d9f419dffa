package lastack.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The forms a report of what was done can take. */
enum ReportFormat {
    table,
    json;

    static void declare(CommandSpec spec) {
        spec.addOption(Options.choice(ReportFormat.class, "the form of the report (default: table)", "--format"));
    }

    static ReportFormat of(ParseResult line) {
        return line.matchedOptionValue("--format", table);
    }
}
