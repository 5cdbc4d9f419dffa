package lastack.cli.manual;

import java.util.List;

/** Text for man(1), in the macros of man(7). */
final class Roff {
    private static final int LONGEST_LINE = 80;

    private final StringBuilder text = new StringBuilder();

    /** A macro with its arguments, as they are. */
    Roff macro(String name, String... arguments) {
        text.append('.').append(name);
        for (String argument : arguments) {
            text.append(" \"").append(argument.replace("\"", "\\(dq")).append('"');
        }
        text.append('\n');
        return this;
    }

    /** A line with markup in it, as it is. */
    Roff line(String marked) {
        text.append(marked).append('\n');
        return this;
    }

    /** Text that is filled. */
    Roff prose(String plain) {
        return marked(plain(plain));
    }

    /** Text that is filled, with markup in it, in lines that fit an editor. */
    Roff marked(String marked) {
        StringBuilder line = new StringBuilder();
        for (String word : marked.split(" +", -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > LONGEST_LINE) {
                line(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? startingLine(word) : " " + word);
        }
        return line(line.toString());
    }

    /** No line of text is taken for a macro. */
    private static String startingLine(String word) {
        return word.startsWith(".") ? "\\&" + word : word;
    }

    /** Lines that stay as they are, set in. */
    Roff literal(List<String> lines) {
        line(".RS 4").line(".nf");
        lines.forEach(line -> line(startingLine(plain(line.replaceFirst("^ {2}", "")))));
        return line(".fi").line(".RE");
    }

    static String bold(String plain) {
        return "\\fB" + plain(plain) + "\\fR";
    }

    static String italic(String plain) {
        return "\\fI" + plain(plain) + "\\fR";
    }

    /** Every character stands for itself, also where the output is not ASCII. */
    static String plain(String text) {
        return text.replace("\\", "\\e")
                .replace("-", "\\-")
                .replace("'", "\\(aq")
                .replace("`", "\\(ga")
                .replace("^", "\\(ha")
                .replace("~", "\\(ti");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
