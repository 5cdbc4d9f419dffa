package lastack.cli.tui;

/** From a view to the screen that shows it. */
final class Painter {
    private Painter() {}

    static Screen paint(View view) {
        View.Size size = view.size();
        Screen screen = new Screen(Math.max(1, size.columns()), Math.max(1, size.rows()), size.ascii());
        if (Layout.isTooSmall(size)) {
            tooSmall(screen);
            return screen;
        }
        Glyphs glyphs = new Glyphs(size.ascii());
        Diagram.draw(screen, glyphs, view.look(), Layout.DIAGRAM_AT);
        GroupsPanel.draw(screen, glyphs, view);
        SocketsPanel.draw(screen, glyphs, view);
        Frame.draw(screen, glyphs, view);
        Sheet.draw(screen, glyphs, view);
        return screen;
    }

    private static void tooSmall(Screen screen) {
        screen.put(0, 0, "lastack watch needs " + Layout.LEAST_COLUMNS + "x" + Layout.LEAST_ROWS + ",", Ink.STRONG);
        screen.put(0, 1, "this terminal has " + screen.width() + "x" + screen.height() + ".", Ink.PLAIN);
        screen.put(0, 2, "Make it larger, or q to quit.", Ink.PLAIN);
    }
}
