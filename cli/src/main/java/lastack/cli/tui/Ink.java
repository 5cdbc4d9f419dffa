package lastack.cli.tui;

/** What a cell looks like beyond its character; without colours it is bold, faint or reversed at most. */
enum Ink {
    PLAIN,
    FAINT,
    STRONG,
    /** A heading's bar. */
    TITLE,
    /** Held by a program and never closed. */
    BAD,
    /** On its way out, and not yet gone. */
    WARNING,
    /** At work. */
    FINE,
    /** Ends by itself. */
    COOL,
    /** Listens. */
    CALM,
    /** Just being made. */
    NEW,
    /** What moves. */
    FLOW,
    /** The row under the cursor. */
    CHOSEN,
    /** The row of the panel that has not the keys. */
    REMEMBERED
}
