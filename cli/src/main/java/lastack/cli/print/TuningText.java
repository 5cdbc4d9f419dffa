package lastack.cli.print;

import java.util.List;
import lastack.tuning.Change;
import lastack.tuning.Form;
import lastack.tuning.Reading;
import lastack.tuning.Setting;
import org.jspecify.annotations.Nullable;

/** A few lines for each setting. */
final class TuningText implements TuningPrinter {
    private static final int OUTCOME_WIDTH = 12;

    private final Output out;

    TuningText(Output out) {
        this.out = out;
    }

    @Override
    public void readings(List<Reading> readings) {
        for (Reading reading : readings) {
            Setting setting = reading.setting();
            out.line(setting.sysctl()
                    + (reading.value() == null ? "" : " = " + value(setting, reading.value()))
                    + (setting.perNamespace() ? "" : "  (host-wide)"));
            out.line("  " + reading.verdict().leaning().label() + ": "
                    + reading.verdict().because());
            out.line("  does: " + setting.does());
            out.line("  not:  " + setting.doesNot());
        }
    }

    private static String value(Setting setting, @Nullable String value) {
        if (value == null) {
            return "-";
        }
        return switch (setting.form()) {
            case Form.Whole whole -> whole.unit().isEmpty() ? value : value + " " + whole.unit();
            case Form.PortRange _ -> value;
            case Form.PortList _ -> value.isEmpty() ? "(none)" : value;
        };
    }

    @Override
    public void changes(List<Change> changes) {
        for (Change change : changes) {
            String label = change.outcome().label();
            out.line(label + " ".repeat(OUTCOME_WIDTH - label.length())
                    + change.setting().sysctl() + ": " + step(change));
            if (!change.why().isEmpty()) {
                out.line("  " + change.why());
            }
        }
    }

    private static String step(Change change) {
        Setting setting = change.setting();
        String before = value(setting, change.before());
        return switch (change.outcome()) {
            case PLANNED, REFUSED -> before + " -> " + value(setting, change.wanted());
            case CHANGED -> before + " -> " + value(setting, change.after());
            case UNCHANGED, LEFT_ALONE -> "is " + before;
        };
    }
}
