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
import picocli.CommandLine.Option;

/** How a list of sockets is to look; the letters are those of ss. */
final class ListingOptions {
    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})",
            defaultValue = "table")
    private Format format = Format.table;

    @Option(
            names = {"-H", "--no-header"},
            description = "no heading")
    private boolean noHeader;

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}); NO_COLOR is heeded",
            defaultValue = "auto")
    private Terminal.Colour colour = Terminal.Colour.auto;

    @Option(
            names = {"-o", "--options"},
            description = "show timers")
    private boolean timers;

    @Option(
            names = {"-e", "--extended"},
            description = "show uid, inode, cookie and cgroup")
    private boolean extended;

    @Option(
            names = {"-i", "--info"},
            description = "show the kernel's tcp_info")
    private boolean info;

    @Option(
            names = {"-m", "--memory"},
            description = "show socket memory")
    private boolean memory;

    @Option(
            names = {"-O", "--oneline"},
            description = "details on the same line")
    private boolean oneLine;

    @Option(
            names = {"-r", "--resolve"},
            description = "show host names")
    private boolean resolve;

    /** Whether the kernel must be asked for more than the plain table shows. */
    boolean needsDetails() {
        return extended || info || memory || format == Format.wide || format == Format.json || format == Format.jsonl;
    }

    /** A printer for what was asked. */
    SocketPrinter printer(Output out, boolean owners, boolean namespaces) {
        return switch (format) {
            case table, wide -> table(out, owners, namespaces);
            case json -> new JsonPrinter(out, Host.name());
            case jsonl -> new JsonLinesPrinter(out);
            case csv -> new CsvPrinter(out, !noHeader);
        };
    }

    private SocketPrinter table(Output out, boolean owners, boolean namespaces) {
        boolean wide = format == Format.wide;
        Terminal terminal = Terminal.detect();
        return new TablePrinter(
                out,
                terminal,
                new TableStyle(
                        !noHeader,
                        terminal.colours(colour),
                        owners,
                        namespaces,
                        timers || wide,
                        extended || wide,
                        info || wide,
                        memory || wide,
                        oneLine,
                        resolve));
    }
}
