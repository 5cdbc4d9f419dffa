package lastack.cli;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import lastack.cli.CloseCommand.ReportFormat;
import lastack.cli.print.Output;
import lastack.cli.print.ResultPrinter;
import lastack.cli.print.Terminal;
import lastack.model.UnavailableException;
import lastack.remedy.Result;

/**
 * One removal from plan to report.
 *
 * @param campaign the plans
 * @param switches what was said on the command line
 * @param format the form of the report
 */
record CloseJob(Campaign campaign, RemovalSwitches switches, ReportFormat format) {
    int carryOut() throws UnavailableException {
        Diagnostics.gaps(campaign.gaps());
        if (campaign.matched() == 0) {
            if (format == ReportFormat.json) {
                report(List.of());
            }
            Diagnostics.error("nothing matched; nothing changed");
            return ExitCode.NO_MATCH;
        }
        if (switches.dryRun()) {
            report(campaign.preview());
            return ExitCode.DONE;
        }
        if (campaign.actionable() > 0 && !switches.yes() && !confirmed()) {
            return ExitCode.USAGE;
        }
        return ExitCode.of(executed());
    }

    /** What is known is reported also when the rest fails. */
    private List<Result> executed() throws UnavailableException {
        List<Result> results = new ArrayList<>();
        try {
            campaign.execute(results::add);
        } finally {
            reportWhoeverReads(results);
        }
        return results;
    }

    /** Whether the user says yes to the plan. */
    private boolean confirmed() {
        int count = campaign.actionable();
        return Consent.given("Remove " + count + (count == 1 ? " socket?" : " sockets?"), this::printPlan);
    }

    /** In the form that was asked for where it is all the answer there is; as text before a question. */
    private void printPlan(Output out) {
        boolean json = format == ReportFormat.json && !Terminal.detect().input();
        ResultPrinter printer = json ? ResultPrinter.json(out) : ResultPrinter.text(out);
        printer.print(campaign.preview(), campaign.matched());
    }

    /** The exit code says what became of the sockets, also when nobody reads the report. */
    private void reportWhoeverReads(List<Result> results) {
        try {
            report(results);
        } catch (UncheckedIOException e) {
            Diagnostics.outputFailed(e);
        }
    }

    private void report(List<Result> results) {
        try (Output out = Output.standard()) {
            ResultPrinter printer = format == ReportFormat.json ? ResultPrinter.json(out) : ResultPrinter.text(out);
            printer.print(results, campaign.matched());
        }
    }
}
