package lastack.cli;

import lastack.cli.print.CsvPrinter;
import lastack.cli.print.Format;
import lastack.cli.print.JsonLinesPrinter;
import lastack.cli.print.JsonPrinter;
import lastack.cli.print.Output;
import lastack.cli.print.SocketPrinter;
import lastack.cli.print.TablePrinter;
import lastack.cli.print.TableStyle;
import lastack.cli.print.Terminal;
import lastack.sockets.Host;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * How a list of sockets is to look.
 *
 * @param format its form
 * @param style what a table shows
 */
record ListingOptions(Format format, TableStyle style) {
    /** The letters are those of ss. */
    static void declare(CommandSpec spec) {
        spec.addOption(Options.choice(Format.class, "the form of the answer (default: table)", "--format"));
        spec.addOption(Options.flag("no heading", "-H", "--no-header"));
        spec.addOption(Options.choice(Terminal.Colour.class, "colours (default: auto); NO_COLOR is heeded", "--color"));
        spec.addOption(Options.flag("do not look for the processes that hold them", "--no-owners"));
        spec.addOption(Options.flag("show timers", "-o", "--options"));
        spec.addOption(Options.flag("show uid, inode, cookie and cgroup", "-e", "--extended"));
        spec.addOption(Options.flag("show the kernel's tcp_info", "-i", "--info"));
        spec.addOption(Options.flag("show socket memory", "-m", "--memory"));
        spec.addOption(Options.flag("details on the same line", "-O", "--oneline"));
        spec.addOption(Options.flag("show host names", "-r", "--resolve"));
    }

    static ListingOptions of(ParseResult line, boolean namespaces) {
        Format format = line.matchedOptionValue("--format", Format.table);
        boolean wide = format == Format.wide;
        Terminal.Colour colour = line.matchedOptionValue("--color", Terminal.Colour.auto);
        return new ListingOptions(
                format,
                new TableStyle(
                        !line.hasMatchedOption("--no-header"),
                        Terminal.detect().colours(colour),
                        !line.hasMatchedOption("--no-owners"),
                        namespaces,
                        wide || line.hasMatchedOption("--options"),
                        wide || line.hasMatchedOption("--extended"),
                        wide || line.hasMatchedOption("--info"),
                        wide || line.hasMatchedOption("--memory"),
                        line.hasMatchedOption("--oneline"),
                        line.hasMatchedOption("--resolve")));
    }

    /** Whether the kernel must be asked for more than the plain table shows. */
    boolean needsDetails() {
        return style.extended() || style.info() || style.memory() || format == Format.json || format == Format.jsonl;
    }

    /** A printer for what was asked. */
    SocketPrinter printer(Output out) {
        return switch (format) {
            case table, wide -> new TablePrinter(out, Terminal.detect(), style);
            case json -> new JsonPrinter(out, Host.name());
            case jsonl -> new JsonLinesPrinter(out);
            case csv -> new CsvPrinter(out, style.header());
        };
    }
}
