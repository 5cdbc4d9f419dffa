package lastack.cli.tui;

import java.util.List;

/** What lies over the panels and has the keys. */
sealed interface Overlay {
    /** Nothing. */
    record None() implements Overlay {}

    /** Something is being found out or done. */
    record Busy(String what, boolean mayBeLeft) implements Overlay {}

    /** A plan is being made; for a dry run only to be shown. */
    record Planning(boolean dryRun) implements Overlay {}

    /** A text to scroll through. */
    record Text(String title, List<String> lines, int first) implements Overlay {
        Text scrolledTo(int line, int height) {
            return new Text(title, lines, Math.max(0, Math.min(line, lines.size() - height)));
        }
    }

    /** A plan, and the question whether to carry it out; for a dry run only the plan. */
    record Plan(Text text, int actionable, boolean dryRun) implements Overlay {
        boolean asks() {
            return actionable > 0 && !dryRun;
        }
    }

    /** The line a filter is typed in. */
    record Prompt(Line line, List<String> mistake) implements Overlay {}

    /** The namespaces to choose from; 0 for all of them. */
    record Places(int at) implements Overlay {}

    Overlay NONE = new None();
}
