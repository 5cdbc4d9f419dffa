package lastack.cli.print;

import lastack.diagnosis.Report;

/** Prints what an investigation found. */
public interface DiagnosisPrinter {
    /** Prints it. */
    void print(Report report);

    /** Paragraphs for people. */
    static DiagnosisPrinter text(Output out, Terminal terminal, Terminal.Colour colour) {
        return new DiagnosisText(out, terminal, terminal.colours(colour));
    }

    /** One JSON document. */
    static DiagnosisPrinter json(Output out) {
        return report -> new DiagnosisJson(out).document(report);
    }

    /** One JSON object a line, for each socket. */
    static DiagnosisPrinter jsonLines(Output out) {
        return report -> new DiagnosisJson(out).lines(report);
    }
}
