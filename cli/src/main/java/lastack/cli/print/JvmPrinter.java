package lastack.cli.print;

import java.util.List;

/** Prints what JVMs told about their sockets. */
public interface JvmPrinter {
    /** Prints it. */
    void print(List<JvmFindings> findings);

    /** Paragraphs for people. */
    static JvmPrinter text(Output out, Terminal terminal, Terminal.Colour colour) {
        return new JvmText(out, terminal, terminal.colours(colour));
    }

    /** One JSON document. */
    static JvmPrinter json(Output out) {
        return findings -> new JvmJson(out).document(findings);
    }
}
