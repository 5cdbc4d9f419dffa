package lastack.cli.print;

import java.util.List;
import lastack.options.OptionChange;

/** Prints what became of each option of each socket, and a summary. */
public interface ChangePrinter {
    /** Prints the results, or a plan; {@code matched} counts sockets, also those a limit left out. */
    void print(List<OptionChange> changes, int matched);

    /** How many sockets there are among the changes. */
    static long sockets(List<OptionChange> changes) {
        return changes.stream().map(OptionChange::socket).distinct().count();
    }

    /** For people. */
    static ChangePrinter text(Output out) {
        return new ChangeText(out);
    }

    /** For programs. */
    static ChangePrinter json(Output out) {
        return new ChangeJson(out);
    }
}
