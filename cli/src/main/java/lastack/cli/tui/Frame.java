package lastack.cli.tui;

import java.util.ArrayList;
import java.util.List;
import lastack.cli.census.Look;
import lastack.cli.census.Place;
import lastack.model.Gap;

/** The first row and the last two: what is looked at, what could not be seen, and the keys. */
final class Frame {
    /** A key and what it does. */
    private record Hint(String key, String act) {
        int columns() {
            return key.length() + 1 + act.length() + GAP;
        }
    }

    private static final int GAP = 2;
    private static final List<Hint> LIST_KEYS = hints(
            "Enter", "why", "/", "filter", "s", "sort", "c", "close", "d", "dry run", "Space", "mark", "p", "pause",
            "n", "netns", "h", "help", "q", "quit");
    private static final List<Hint> NARROW_LIST_KEYS = hints(
            "Enter", "why", "/", "filter", "s", "sort", "c", "close", "d", "dry", "n", "netns", "p", "pause", "h",
            "help", "q", "quit");
    private static final List<Hint> GROUP_KEYS = hints(
            "Enter",
            "its sockets",
            "Tab",
            "sockets",
            "/",
            "filter",
            "p",
            "pause",
            "n",
            "netns",
            "h",
            "help",
            "q",
            "quit");
    private static final List<Hint> TEXT_KEYS = hints("Up Down PgUp PgDn", "scroll", "Esc", "back");
    private static final List<Hint> PLAN_KEYS = hints("y", "yes", "n", "no", "Up Down PgUp PgDn", "scroll");
    private static final List<Hint> PROMPT_KEYS = hints("Enter", "take it", "Tab", "complete", "Esc", "back");
    private static final List<Hint> PLACE_KEYS = hints("Up Down", "choose", "Enter", "take it", "Esc", "back");
    private static final List<Hint> BACK_KEY = hints("Esc", "back");

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
        List<Hint> hints = switch (view.overlay()) {
            case Overlay.None _ -> panelKeys();
            case Overlay.Busy busy -> busy.mayBeLeft() ? BACK_KEY : List.<Hint>of();
            case Overlay.Planning _ -> BACK_KEY;
            case Overlay.Text _ -> TEXT_KEYS;
            case Overlay.Plan plan -> plan.asks() ? PLAN_KEYS : TEXT_KEYS;
            case Overlay.Prompt _ -> PROMPT_KEYS;
            case Overlay.Places _ -> PLACE_KEYS;
        };
        int y = view.layout().footerAt();
        int x = 1;
        for (Hint hint : hints) {
            x = screen.put(x, y, hint.key, Ink.STRONG) + 1;
            x = screen.put(x, y, hint.act, Ink.FAINT) + GAP;
        }
    }

    private List<Hint> panelKeys() {
        if (view.panel() == View.Panel.GROUPS) {
            return GROUP_KEYS;
        }
        int columns = LIST_KEYS.stream().mapToInt(Hint::columns).sum();
        return columns <= screen.width() ? LIST_KEYS : NARROW_LIST_KEYS;
    }

    private static List<Hint> hints(String... words) {
        List<Hint> hints = new ArrayList<>();
        for (int i = 0; i < words.length; i += 2) {
            hints.add(new Hint(words[i], words[i + 1]));
        }
        return List.copyOf(hints);
    }
}
