package lastack.cli.print;

import java.util.List;
import lastack.ports.BindAnswer;
import lastack.remedy.Result;

/** Prints what stood in the way of a bind, what became of it, and whether bind works now. */
public interface PortPrinter {
    /**
     * Prints a report or a plan.
     *
     * @param matched how many sockets have the port, also those a limit left out
     * @param after what bind answered at the end; empty when nothing was done
     */
    void print(PortSurvey survey, List<Result> results, int matched, List<BindAnswer> after);

    /** For people. */
    static PortPrinter text(Output out) {
        return new PortText(out);
    }

    /** For programs. */
    static PortPrinter json(Output out) {
        return new PortJson(out);
    }
}
