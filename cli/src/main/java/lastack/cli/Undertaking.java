package lastack.cli;

import java.util.List;
import java.util.function.Consumer;
import lastack.cli.print.Output;
import lastack.model.Gap;
import lastack.model.UnavailableException;

/** Something that is planned, shown, agreed to, done and reported: what a {@link Job} carries out. */
interface Undertaking<R> {
    /** What could not be seen. */
    List<Gap> gaps();

    /** How many sockets the filter matched, whatever the limit. */
    int matched();

    /** What to say where nothing matched, on a line of its own; usually nothing. */
    default String hintWhenNothingMatched() {
        return "";
    }

    /** How many sockets would be acted on. */
    int actionable();

    /** What is asked on a terminal: {@code Remove 3 sockets?}. */
    String question();

    /** What would be done; touches nothing. */
    List<R> preview();

    /** Does it, and hands over each result as soon as it is known. */
    void execute(Consumer<R> results) throws UnavailableException;

    /** To be told from another thread while it is done: nothing more is begun. What cannot be broken off goes on to its end. */
    default void stop() {}

    /** Prints results or a preview. */
    void print(List<R> results, Output out, ReportFormat format);

    /** The exit code these results stand for. */
    int exitCode(List<R> results);

    /** {@code 1 socket}, {@code 3 sockets}. */
    static String sockets(int count) {
        return count + (count == 1 ? " socket" : " sockets");
    }
}
