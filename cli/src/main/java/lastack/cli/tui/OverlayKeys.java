package lastack.cli.tui;

import java.util.List;
import java.util.Set;
import lastack.cli.census.Question;

/** What keys do where something lies over the panels. */
final class OverlayKeys {
    private OverlayKeys() {}

    static Step press(View view, Event.Press press) {
        return switch (view.overlay()) {
            case Overlay.None _ -> PanelKeys.press(view, press);
            case Overlay.Busy busy -> leaves(press) && busy.mayBeLeft() ? back(view) : Step.to(view);
            case Overlay.Planning _ -> leaves(press) ? back(view) : Step.to(view);
            case Overlay.Text text ->
                leaves(press) ? back(view) : Step.to(view.withOverlay(scrolled(view, text, press)));
            case Overlay.Plan plan -> plan(view, plan, press);
            case Overlay.Prompt prompt -> prompt(view, prompt, press);
            case Overlay.Places places -> places(view, places, press);
        };
    }

    private static Step back(View view) {
        return Step.to(view.withOverlay(Overlay.NONE));
    }

    private static boolean leaves(Event.Press press) {
        return switch (press.key()) {
            case ESCAPE, ENTER, LEFT -> true;
            case CHARACTER -> press.character() == 'q' || press.character() == 'h' || press.character() == '?';
            default -> false;
        };
    }

    private static Overlay.Text scrolled(View view, Overlay.Text text, Event.Press press) {
        int page = view.layout().textRows();
        return switch (press.key()) {
            case UP -> scrolled(view, text, text.first() - 1);
            case DOWN -> scrolled(view, text, text.first() + 1);
            case PAGE_UP -> scrolled(view, text, text.first() - page);
            case PAGE_DOWN -> scrolled(view, text, text.first() + page);
            case HOME -> scrolled(view, text, 0);
            case END -> scrolled(view, text, text.lines().size());
            case CHARACTER ->
                switch (press.character()) {
                    case 'k' -> scrolled(view, text, text.first() - 1);
                    case 'j' -> scrolled(view, text, text.first() + 1);
                    case ' ' -> scrolled(view, text, text.first() + page);
                    default -> text;
                };
            default -> text;
        };
    }

    static Overlay.Text scrolled(View view, Overlay.Text text, int line) {
        return text.scrolledTo(line, view.layout().textRows());
    }

    static Overlay.Plan scrolled(View view, Overlay.Plan plan, int lines) {
        Overlay.Text text = plan.text();
        return new Overlay.Plan(scrolled(view, text, text.first() + lines), plan.actionable(), plan.dryRun());
    }

    /** Only a y says yes. */
    private static Step plan(View view, Overlay.Plan plan, Event.Press press) {
        boolean yes = press.key() == Key.CHARACTER && (press.character() == 'y' || press.character() == 'Y');
        if (yes && plan.asks()) {
            View next = view.withOverlay(new Overlay.Busy("closing ...", false)).withMarked(Set.of());
            return Step.to(next, new Wish.CarryOut());
        }
        boolean no = press.key() == Key.CHARACTER && (press.character() == 'n' || press.character() == 'N');
        if (no || leaves(press)) {
            View next = view.withOverlay(Overlay.NONE);
            return Step.to(plan.asks() ? next.withNotice("nothing changed") : next, new Wish.DropPlan());
        }
        Overlay.Text text = scrolled(view, plan.text(), press);
        return Step.to(view.withOverlay(new Overlay.Plan(text, plan.actionable(), plan.dryRun())));
    }

    private static Step prompt(View view, Overlay.Prompt prompt, Event.Press press) {
        return switch (press.key()) {
            case ESCAPE -> back(view);
            case ENTER -> Step.to(view, new Wish.ReadFilter(prompt.line().text().strip()));
            default -> Step.to(view.withOverlay(new Overlay.Prompt(prompt.line().after(press), List.of())));
        };
    }

    private static Step places(View view, Overlay.Places places, Event.Press press) {
        int last = view.look().places().size();
        return switch (press.key()) {
            case ENTER -> chosen(view, places.at());
            case ESCAPE, LEFT -> back(view);
            case UP -> at(view, places.at() - 1);
            case DOWN -> at(view, places.at() + 1);
            case HOME, PAGE_UP -> at(view, 0);
            case END, PAGE_DOWN -> at(view, last);
            case CHARACTER ->
                switch (press.character()) {
                    case 'k' -> at(view, places.at() - 1);
                    case 'j' -> at(view, places.at() + 1);
                    case 'q', 'n' -> back(view);
                    default -> Step.to(view);
                };
            default -> Step.to(view);
        };
    }

    private static Step at(View view, int row) {
        int last = view.look().places().size();
        return Step.to(view.withOverlay(new Overlay.Places(Math.max(0, Math.min(row, last)))));
    }

    /** The first row stands for all. */
    private static Step chosen(View view, int row) {
        long netns = row == 0 ? 0 : view.look().places().get(row - 1).netns().inode();
        Question question = view.question().in(netns);
        return Step.to(
                view.withQuestion(question).withMarked(Set.of()).withOverlay(Overlay.NONE), new Wish.Ask(question));
    }
}
