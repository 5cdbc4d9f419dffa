package lastack.cli.print;

import java.util.List;
import lastack.ports.BindAnswer;
import lastack.remedy.Result;
import org.jspecify.annotations.Nullable;

/** What bind said, then each socket, then what bind says. */
final class PortText implements PortPrinter {
    private final Output out;

    PortText(Output out) {
        this.out = out;
    }

    @Override
    public void print(PortSurvey survey, List<Result> results, int matched, List<BindAnswer> after) {
        trials("", survey.before());
        survey.remarks().forEach(remark -> out.line("note: " + remark));
        if (!results.isEmpty()) {
            ResultPrinter.text(out).print(results, matched);
        } else if (matched > 0 && survey.isFree()) {
            out.line("note: " + matched + " on the port that hinder no bind; see: lastack ls sport = :"
                    + survey.port().number());
        }
        trials("now ", after);
        if (after.stream().anyMatch(trial -> !trial.works())) {
            out.line("what is in the way now: lastack free --dry-run "
                    + survey.port().number());
        }
    }

    private void trials(String when, List<BindAnswer> trials) {
        for (BindAnswer trial : trials) {
            out.line(when + "bind " + trial.at() + ": " + said(trial.error()) + without(trial));
        }
    }

    private static String without(BindAnswer trial) {
        return trial.works() ? "" : "; with SO_REUSEADDR: " + said(trial.errorWithReuse());
    }

    private static String said(@Nullable String error) {
        return error == null ? "works" : error;
    }
}
