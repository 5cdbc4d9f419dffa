package lastack.cli.tui;

/**
 * A place in a list of which a part is shown.
 *
 * @param at the row that is meant
 * @param first the first row that is shown
 */
record Cursor(int at, int first) {
    static final Cursor TOP = new Cursor(0, 0);

    /** At another row, kept within a list of so many rows and within the part that is shown. */
    Cursor to(int row, int size, int height) {
        int next = Math.max(0, Math.min(row, size - 1));
        int lowest = Math.max(0, Math.min(next - height + 1, size - 1));
        int kept = Math.max(lowest, Math.min(first, next));
        return new Cursor(next, Math.max(0, Math.min(kept, Math.max(0, size - height))));
    }
}
