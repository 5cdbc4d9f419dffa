package lastack.cli.tui;

import java.util.ArrayList;
import java.util.List;

/** Breaks lines that are too long for the screen. */
final class Fold {
    private static final int HANGING = 4;

    private Fold() {}

    static List<String> lines(List<String> lines, int columns) {
        List<String> folded = new ArrayList<>();
        lines.forEach(line -> fold(line, columns, folded));
        return folded;
    }

    /** At the last blank that fits; the rest is indented further. */
    private static void fold(String line, int columns, List<String> folded) {
        int indent = line.length() - line.stripLeading().length();
        String rest = line;
        while (rest.length() > columns) {
            int blank = rest.lastIndexOf(' ', columns);
            int cut = blank > indent + HANGING ? blank : columns;
            folded.add(rest.substring(0, cut));
            rest = " ".repeat(Math.min(indent + HANGING, columns / 2))
                    + rest.substring(cut).strip();
        }
        folded.add(rest);
    }
}
