package lastack.cli.tui;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lastack.cli.census.Look;
import lastack.cli.census.Order;
import lastack.cli.census.Question;
import lastack.model.TcpSocket;

/** What keys do in the lists. */
final class PanelKeys {
    private PanelKeys() {}

    static Step press(View view, Event.Press press) {
        Layout layout = view.layout();
        int page = view.panel() == View.Panel.GROUPS ? layout.groupRows() : layout.socketRows();
        return switch (press.key()) {
            case UP -> Step.to(moved(view, -1));
            case DOWN -> Step.to(moved(view, 1));
            case PAGE_UP -> Step.to(moved(view, -page));
            case PAGE_DOWN -> Step.to(moved(view, page));
            case HOME -> Step.to(moved(view, -Integer.MAX_VALUE / 2));
            case END -> Step.to(moved(view, Integer.MAX_VALUE / 2));
            case TAB, LEFT, RIGHT -> Step.to(view.withPanel(view.panel().other()));
            case ENTER -> enter(view);
            case ESCAPE -> back(view);
            case CHARACTER -> letter(view, (char) press.character());
            default -> Step.to(view);
        };
    }

    static View moved(View view, int lines) {
        Layout layout = view.layout();
        return switch (view.panel()) {
            case GROUPS -> {
                int size = view.look().groups().size();
                yield view.withGroups(view.groups().to(view.groups().at() + lines, size, layout.groupRows()));
            }
            case SOCKETS -> {
                int size = view.look().sockets().size();
                yield view.withSockets(view.sockets().to(view.sockets().at() + lines, size, layout.socketRows()));
            }
        };
    }

    private static Step letter(View view, char typed) {
        return switch (typed) {
            case 'j' -> Step.to(moved(view, 1));
            case 'k' -> Step.to(moved(view, -1));
            case 'g' -> Step.to(moved(view, -Integer.MAX_VALUE / 2));
            case 'G' -> Step.to(moved(view, Integer.MAX_VALUE / 2));
            case '/' ->
                Step.to(view.withOverlay(
                        new Overlay.Prompt(Line.of(view.question().filter().toString()), List.of())));
            case 's' -> sorted(view);
            case 'c' -> planned(view, false);
            case 'd' -> planned(view, true);
            case ' ' -> marked(view);
            case 'a' -> Step.to(allMarked(view));
            case 'p' -> Step.to(view.withPaused(!view.paused()), new Wish.Pause(!view.paused()));
            case 'n' -> Step.to(view.withOverlay(new Overlay.Places(0)));
            case 'h', '?' -> Step.to(view.withOverlay(Help.text()));
            case 'q' -> Step.to(view, new Wish.Quit(Exit.DONE));
            default -> Step.to(view);
        };
    }

    private static Step enter(View view) {
        return switch (view.panel()) {
            case GROUPS ->
                view.group()
                        .map(group -> ask(
                                view.withPanel(View.Panel.SOCKETS),
                                view.question().only(group.circle())))
                        .orElse(Step.to(view));
            case SOCKETS -> view.socket().map(socket -> explain(view, socket)).orElse(Step.to(view));
        };
    }

    private static Step explain(View view, TcpSocket socket) {
        return Step.to(view.withOverlay(new Overlay.Busy("finding out why ...", true)), new Wish.Explain(socket));
    }

    /** Takes back what was done last: the marks, the one group. */
    private static Step back(View view) {
        if (!view.marked().isEmpty()) {
            return Step.to(view.withMarked(Set.of()));
        }
        return view.question().only().isPresent() ? ask(view, view.question().onAllGroups()) : Step.to(view);
    }

    private static Step ask(View view, Question question) {
        return Step.to(view.withQuestion(question).withMarked(Set.of()), new Wish.Ask(question));
    }

    /** What is there is sorted at once; the next look may bring up others. */
    private static Step sorted(View view) {
        Order order = view.question().order().next();
        Question question = view.question().by(order);
        List<TcpSocket> sorted = new ArrayList<>(view.look().sockets());
        sorted.sort(Comparator.comparingLong((TcpSocket socket) -> order.weight(socket))
                .reversed());
        Look look = view.look().listing(sorted);
        View next = view.withLook(look).withQuestion(question).withNotice("");
        return Step.to(next, new Wish.Ask(question));
    }

    private static Step planned(View view, boolean dryRun) {
        Set<Mark> meant = view.meant();
        return meant.isEmpty()
                ? Step.to(view.withNotice("there is no socket to close"))
                : Step.to(view.withOverlay(new Overlay.Planning(dryRun)), new Wish.Plan(meant));
    }

    private static Step marked(View view) {
        Optional<Mark> mark = view.panel() == View.Panel.SOCKETS ? view.socket().map(Mark::of) : Optional.empty();
        return Step.to(mark.map(one -> moved(view.toggled(one), 1)).orElse(view));
    }

    /** All that are listed, or none where they are all marked. */
    private static View allMarked(View view) {
        Set<Mark> all = new HashSet<>();
        view.look().sockets().forEach(socket -> all.add(Mark.of(socket)));
        return view.withMarked(all.equals(view.marked()) ? Set.of() : Set.copyOf(all));
    }
}
