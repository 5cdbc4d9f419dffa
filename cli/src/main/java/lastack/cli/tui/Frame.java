package lastack.cli.tui;

import java.util.List;
import lastack.cli.census.Look;
import lastack.cli.census.Place;
import lastack.model.Gap;

/** The first row and the last two: what is looked at, what could not be seen, and the keys. */
final class Frame {
    private static final String MAIN_KEYS =
            "Enter why  / filter  s sort  c close  d dry-run  Space mark  p pause  n netns  h help  q quit";
    private static final String SHORT_KEYS =
            "Enter why  / filter  s sort  c close  d dry  n netns  p pause  h help  q quit";
    private static final String GROUP_KEYS =
            "Enter its sockets  Tab to sockets  / filter  p pause  n netns  h help  q quit";

    private final Screen screen;
    private final Glyphs glyphs;
    private final View view;

    private Frame(Screen screen, Glyphs glyphs, View view) {
        this.screen = screen;
        this.glyphs = glyphs;
        this.view = view;
    }

    static void draw(Screen screen, Glyphs glyphs, View view) {
        Frame frame = new Frame(screen, glyphs, view);
        frame.header();
        frame.notice();
        frame.keys();
    }

    private void header() {
        String right = view.paused()
                ? "PAUSED"
                : "every " + view.every() + ", by " + view.question().order().label();
        String left = "lastack watch  " + scope();
        int room = screen.width() - right.length() - 3;
        screen.dye(0, Ink.TITLE);
        screen.put(1, 0, glyphs.cut(left, room, 0), Ink.TITLE);
        screen.putRight(screen.width() - 1, 0, right, Ink.TITLE);
    }

    private String scope() {
        Look look = view.look();
        String sockets = Glyphs.count(look.total(), 12) + (look.total() == 1 ? " socket" : " sockets");
        String filter = view.question().filter().toString();
        return view.host() + where(look.places()) + ": " + sockets + (filter.isEmpty() ? "" : ", " + filter);
    }

    private String where(List<Place> places) {
        for (Place place : places) {
            if (view.question().netns() == place.netns().inode()) {
                return " (netns " + place.netns().label() + ")";
            }
        }
        return places.size() > 1 ? " (" + places.size() + " netns)" : "";
    }

    /** A remark, or what could not be seen. */
    private void notice() {
        int y = view.layout().noticeAt();
        if (!view.notice().isEmpty()) {
            screen.put(1, y, glyphs.cut(view.notice(), screen.width() - 2, 0), Ink.STRONG);
            return;
        }
        List<Gap> gaps = view.look().gaps();
        if (!gaps.isEmpty()) {
            Gap gap = gaps.getFirst();
            String more = gaps.size() > 1 ? "(+" + (gaps.size() - 1) + ") " : "";
            String text = "not seen: " + more + gap.what() + ": " + gap.why() + "; " + gap.remedy();
            screen.put(1, y, glyphs.cut(text, screen.width() - 2, 0), Ink.WARNING);
        }
    }

    private void keys() {
        String keys = switch (view.overlay()) {
            case Overlay.None _ -> panelKeys();
            case Overlay.Busy busy -> busy.mayBeLeft() ? "Esc back" : "";
            case Overlay.Text _ -> "up down PgUp PgDn scroll  Esc back";
            case Overlay.Plan plan -> plan.asks() ? "y yes  n no  up down scroll" : "up down scroll  Esc back";
            case Overlay.Prompt _ -> "Enter take it  Tab complete  Esc back";
            case Overlay.Places _ -> "up down choose  Enter take it  Esc back";
        };
        words(keys);
    }

    private String panelKeys() {
        if (view.panel() == View.Panel.GROUPS) {
            return GROUP_KEYS;
        }
        return screen.width() > MAIN_KEYS.length() + 1 ? MAIN_KEYS : SHORT_KEYS;
    }

    /** In each pair the key stands out. */
    private void words(String keys) {
        int x = 1;
        for (String pair : keys.split("  ", -1)) {
            int blank = pair.lastIndexOf(' ', pair.startsWith("up down") ? pair.length() : pair.indexOf(' ') + 1);
            x = screen.put(x, view.layout().footerAt(), pair.substring(0, Math.max(0, blank)), Ink.STRONG);
            x = screen.put(x, view.layout().footerAt(), pair.substring(Math.max(0, blank)), Ink.FAINT) + 2;
        }
    }
}
