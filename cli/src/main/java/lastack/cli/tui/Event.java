package lastack.cli.tui;

import java.util.List;
import lastack.cli.census.Look;
import lastack.filter.Filter;

/** What happens to the view. */
sealed interface Event {
    /**
     * A key was pressed.
     *
     * @param character what was typed with {@link Key#CHARACTER}
     */
    record Press(Key key, int character) implements Event {
        static Press of(Key key) {
            return new Press(key, 0);
        }

        static Press of(char typed) {
            return new Press(Key.CHARACTER, typed);
        }
    }

    /** The mouse wheel was turned; down where positive. */
    record Wheel(int lines) implements Event {}

    /** The terminal has another size. */
    record Resized(int columns, int rows) implements Event {}

    /** A look is done. */
    record Looked(Look look) implements Event {}

    /** What {@link Wish.ReadFilter} came to. */
    record FilterRead(Filter filter) implements Event {}

    /** The filter has a mistake; the lines show it with a caret. */
    record FilterRefused(List<String> lines) implements Event {}

    /** Something to read that was asked for. */
    record Told(String title, List<String> lines) implements Event {}

    /** What would be done, and how many sockets it would touch. */
    record Planned(List<String> lines, int actionable) implements Event {}

    /** What was asked for cannot be had. */
    record Failed(String why) implements Event {}

    /** The process was stopped and goes on; the terminal may show anything. */
    record Continued() implements Event {}

    /** A signal, or the end of the terminal: it is over. */
    record Ended(int code) implements Event {}
}
