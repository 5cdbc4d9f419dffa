package lastack.cli.print;

import java.util.List;
import lastack.tuning.Change;
import lastack.tuning.Reading;

/** Prints the kernel's settings, and what became of them. */
public interface TuningPrinter {
    /** Prints settings with their verdicts. */
    void readings(List<Reading> readings);

    /** Prints a plan, or what was done. */
    void changes(List<Change> changes);

    /** For people. */
    static TuningPrinter text(Output out) {
        return new TuningText(out);
    }

    /** For programs. */
    static TuningPrinter json(Output out) {
        return new TuningJson(out);
    }
}
