package lastack.cli;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import lastack.cli.print.Output;
import lastack.cli.print.Terminal;
import lastack.model.UnavailableException;

/**
 * One undertaking from plan to report.
 *
 * @param undertaking what is to be done
 * @param caution what was said on the command line about when to do it
 * @param format the form of the report
 */
record Job<R>(Undertaking<R> undertaking, Caution caution, ReportFormat format) {
    int carryOut() throws UnavailableException {
        Diagnostics.gaps(undertaking.gaps());
        if (undertaking.matched() == 0) {
            if (format == ReportFormat.json) {
                report(List.of());
            }
            Diagnostics.error("nothing matched; nothing changed" + undertaking.hintWhenNothingMatched());
            return ExitCode.NO_MATCH;
        }
        if (caution.dryRun()) {
            report(undertaking.preview());
            return ExitCode.DONE;
        }
        if (undertaking.actionable() > 0 && !caution.yes() && !confirmed()) {
            return ExitCode.USAGE;
        }
        return undertaking.exitCode(executed());
    }

    /** What is known is reported also when the rest fails, or a signal ends lastack half-way. */
    private List<R> executed() throws UnavailableException {
        List<R> results = new ArrayList<>();
        Interruption interruption = new Interruption(undertaking::stop);
        try {
            undertaking.execute(results::add);
        } finally {
            reportWhoeverReads(results);
            interruption.release();
        }
        return results;
    }

    /** Whether the user says yes to the plan. */
    private boolean confirmed() {
        return Consent.given(undertaking.question(), this::printPlan);
    }

    /** In the form that was asked for where it is all the answer there is; as text before a question. */
    private void printPlan(Output out) {
        ReportFormat form = Terminal.detect().input() ? ReportFormat.table : format;
        undertaking.print(undertaking.preview(), out, form);
    }

    /** The exit code says what became of the sockets, also when nobody reads the report. */
    private void reportWhoeverReads(List<R> results) {
        try {
            report(results);
        } catch (UncheckedIOException e) {
            Diagnostics.outputFailed(e);
        }
    }

    private void report(List<R> results) {
        try (Output out = Output.standard()) {
            undertaking.print(results, out, format);
        }
    }
}
