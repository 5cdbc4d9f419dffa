package lastack.cli.print;

import java.util.ArrayList;
import java.util.List;

/**
 * Text in lines that fit, broken at blanks; a word that is too long stays whole.
 *
 * @param columns how long a line may be
 */
public record Wrapping(int columns) {
    /** The lines of a paragraph that is set in; all but the first two columns more. */
    public List<String> lines(int indent, String text) {
        return lines(indent, indent + 2, text);
    }

    private List<String> lines(int first, int others, String text) {
        List<String> lines = new ArrayList<>();
        String rest = text;
        int hanging = first;
        while (rest.length() > columns - hanging) {
            int cut = rest.lastIndexOf(' ', Math.max(0, columns - hanging));
            if (cut <= 0) {
                break;
            }
            lines.add(" ".repeat(hanging) + rest.substring(0, cut));
            rest = rest.substring(cut + 1);
            hanging = others;
        }
        lines.add(" ".repeat(hanging) + rest);
        return lines;
    }

    /** The lines of a text that is laid out already: only those that do not fit are broken. */
    public List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            String content = line.stripLeading();
            int indent = line.length() - content.length();
            lines.addAll(line.length() <= columns ? List.of(line) : lines(indent, indent, content));
        }
        return lines;
    }
}
