package lastack.cli.tui;

import java.util.List;
import lastack.cli.census.Place;

/** What lies over the panels. */
final class Sheet {
    private final Screen screen;
    private final Glyphs glyphs;
    private final View view;
    private final Layout layout;

    private Sheet(Screen screen, Glyphs glyphs, View view) {
        this.screen = screen;
        this.glyphs = glyphs;
        this.view = view;
        this.layout = view.layout();
    }

    static void draw(Screen screen, Glyphs glyphs, View view) {
        Sheet sheet = new Sheet(screen, glyphs, view);
        switch (view.overlay()) {
            case Overlay.None _ -> {}
            case Overlay.Busy busy -> sheet.line(busy.what());
            case Overlay.Planning(boolean dryRun) ->
                sheet.line(dryRun ? "planning; nothing will be changed ..." : "planning ...");
            case Overlay.Text text -> sheet.text(text);
            case Overlay.Plan plan -> sheet.plan(plan);
            case Overlay.Prompt prompt -> sheet.prompt(prompt);
            case Overlay.Places places -> sheet.places(places);
        }
    }

    private void line(String text) {
        screen.clear(layout.noticeAt(), layout.noticeAt() + 1);
        screen.put(1, layout.noticeAt(), text, Ink.STRONG);
    }

    private void text(Overlay.Text text) {
        screen.clear(Layout.DIAGRAM_AT, layout.footerAt());
        screen.put(1, Layout.DIAGRAM_AT, text.title(), Ink.STRONG);
        List<String> lines = text.lines();
        int shown = Math.min(layout.textRows(), lines.size() - text.first());
        for (int row = 0; row < shown; row++) {
            screen.put(1, Layout.DIAGRAM_AT + 1 + row, lines.get(text.first() + row), Ink.PLAIN);
        }
        if (lines.size() > layout.textRows()) {
            String where = (text.first() + 1) + "-" + (text.first() + shown) + " of " + lines.size();
            screen.putRight(screen.width() - 1, Layout.DIAGRAM_AT, where, Ink.FAINT);
        }
    }

    private void plan(Overlay.Plan plan) {
        text(plan.text());
        if (plan.asks()) {
            line("Remove " + (plan.actionable() == 1 ? "1 socket" : plan.actionable() + " sockets") + "? [y/N]");
        } else {
            line(plan.dryRun() ? "nothing was changed" : "nothing to do");
        }
    }

    /** The line is where remarks are; what helps to write it is above. */
    private void prompt(Overlay.Prompt prompt) {
        List<String> above = prompt.mistake().isEmpty() ? candidates(prompt) : prompt.mistake();
        int top = layout.noticeAt() - above.size();
        screen.clear(top, layout.noticeAt() + 1);
        for (int row = 0; row < above.size(); row++) {
            screen.put(1, top + row, above.get(row), prompt.mistake().isEmpty() ? Ink.FAINT : Ink.WARNING);
        }
        String before = prompt.line().text().substring(0, prompt.line().cursor());
        int from = Math.max(0, Screen.columns(before) - (screen.width() - 12));
        String shown = prompt.line().text().substring(Math.min(from, before.length())) + ' ';
        int at = screen.put(1, layout.noticeAt(), "filter: ", Ink.STRONG);
        screen.put(at, layout.noticeAt(), shown, Ink.PLAIN);
        int cursor = at + Screen.columns(before) - from;
        screen.put(
                cursor, layout.noticeAt(), Character.toString(screen.character(cursor, layout.noticeAt())), Ink.CHOSEN);
    }

    private List<String> candidates(Overlay.Prompt prompt) {
        String words = String.join("  ", prompt.line().candidates());
        return words.isEmpty() ? List.of() : List.of(glyphs.cut(words, screen.width() - 2, 0));
    }

    private void places(Overlay.Places chosen) {
        List<Place> places = view.look().places();
        screen.clear(Layout.DIAGRAM_AT, layout.footerAt());
        screen.put(1, Layout.DIAGRAM_AT, "network namespaces", Ink.STRONG);
        int rows = layout.textRows();
        int first = Math.max(0, chosen.at() - rows + 1);
        for (int row = 0; row < rows && first + row <= places.size(); row++) {
            int at = first + row;
            int y = Layout.DIAGRAM_AT + 1 + row;
            String name = at == 0 ? "all of them" : places.get(at - 1).netns().label();
            int sockets = at == 0 ? view.look().total() : places.get(at - 1).sockets();
            screen.putRight(9, y, Glyphs.count(sockets, 8), Ink.STRONG);
            screen.put(11, y, name, Ink.PLAIN);
            if (at == chosen.at()) {
                screen.dye(y, Ink.CHOSEN);
            }
        }
    }
}
