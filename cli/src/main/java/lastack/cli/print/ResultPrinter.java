package lastack.cli.print;

import java.util.List;
import lastack.remedy.Result;

/** Prints what became of each socket, and a summary. */
public interface ResultPrinter {
    /** Prints the results of one removal or plan; {@code matched} counts also what a limit left out. */
    void print(List<Result> results, int matched);

    /** For people. */
    static ResultPrinter text(Output out) {
        return new ResultText(out);
    }

    /** For programs. */
    static ResultPrinter json(Output out) {
        return new ResultJson(out);
    }
}
