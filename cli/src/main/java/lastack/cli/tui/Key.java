package lastack.cli.tui;

/** A key; what a letter does depends on where it is typed. */
enum Key {
    UP,
    DOWN,
    LEFT,
    RIGHT,
    PAGE_UP,
    PAGE_DOWN,
    HOME,
    END,
    ENTER,
    ESCAPE,
    TAB,
    BACKSPACE,
    DELETE,
    /** Ctrl-U. */
    ERASE_LINE,
    /** Ctrl-W. */
    ERASE_WORD,
    /** Ctrl-L. */
    REDRAW,
    /** Ctrl-C. */
    INTERRUPT,
    /** Ctrl-Z. */
    SUSPEND,
    /** Any character. */
    CHARACTER
}
