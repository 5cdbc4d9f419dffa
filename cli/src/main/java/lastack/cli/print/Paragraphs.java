package lastack.cli.print;

/** Text for people, broken at the terminal's width. */
final class Paragraphs {
    private static final String BOLD = "\u001b[1m";
    private static final String RESET = "\u001b[0m";

    private final Output out;
    private final Wrapping wrapping;
    private final boolean colours;
    private boolean first = true;

    Paragraphs(Output out, Terminal terminal, boolean colours) {
        this.out = out;
        this.wrapping = new Wrapping(terminal.columns());
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

    /** Programs choose their names, so no line may steer the terminal. */
    void line(int indent, String text) {
        wrapping.lines(indent, SafeText.of(text)).forEach(out::line);
    }
}
