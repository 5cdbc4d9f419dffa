package lastack.cli.print;

/** Text for people, broken at the terminal's width. */
final class Paragraphs {
    private static final String BOLD = "\u001b[1m";
    private static final String RESET = "\u001b[0m";

    private final Output out;
    private final int columns;
    private final boolean colours;
    private boolean first = true;

    Paragraphs(Output out, Terminal terminal, boolean colours) {
        this.out = out;
        this.columns = terminal.columns();
        this.colours = colours;
    }

    /** An empty line, but for the first. */
    void gap() {
        if (!first) {
            out.line("");
        }
        first = false;
    }

    /** The first line of a paragraph. */
    void heading(String text) {
        gap();
        String safe = SafeText.of(text);
        out.line(colours ? BOLD + safe + RESET : safe);
    }

    /** A command, never broken: it is there to be copied. */
    void command(String text) {
        out.line("        " + SafeText.of(text));
    }

    /** Breaks at blanks what does not fit; programs choose their names, so no line may steer the terminal. */
    void line(int indent, String text) {
        String rest = SafeText.of(text);
        int hanging = indent;
        while (rest.length() > columns - hanging) {
            int cut = rest.lastIndexOf(' ', columns - hanging);
            if (cut <= 0) {
                break;
            }
            out.line(" ".repeat(hanging) + rest.substring(0, cut));
            rest = rest.substring(cut + 1);
            hanging = indent + 2;
        }
        out.line(" ".repeat(hanging) + rest);
    }
}
