package lastack.cli.tui;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import lastack.cli.census.Circle;
import lastack.cli.census.Group;
import lastack.cli.census.Look;
import lastack.cli.census.Question;
import lastack.model.TcpSocket;

/** From a view and an event to the next view. Pure: what has to be done outside comes back as wishes. */
final class Update {
    private Update() {}

    static Step of(View view, Event event) {
        return switch (event) {
            case Event.Press press -> press(view, press);
            case Event.Wheel(int lines) -> wheel(view, lines);
            case Event.Resized(int columns, int rows) -> Step.to(view.withSize(columns, rows), new Wish.Redraw());
            case Event.Looked(Look look) -> Step.to(looked(view, look));
            case Event.FilterRead read -> filterRead(view, read);
            case Event.FilterRefused(List<String> lines) -> Step.to(refused(view, lines));
            case Event.Told(String title, List<String> lines) -> Step.to(told(view, title, lines));
            case Event.Planned planned -> planned(view, planned);
            case Event.Failed(String why) -> Step.to(failed(view, why));
            case Event.Continued _ -> Step.to(view, new Wish.Redraw());
            case Event.Ended(int code) -> Step.to(view, new Wish.Quit(code));
        };
    }

    /** Keys that mean the same everywhere; those of a terminal that is too small to show more are no others. */
    private static Step press(View view, Event.Press press) {
        return switch (press.key()) {
            case INTERRUPT -> Step.to(view, new Wish.Quit(Exit.INTERRUPTED));
            case SUSPEND -> Step.to(view, new Wish.Suspend());
            case REDRAW -> Step.to(view, new Wish.Redraw());
            default -> Layout.isTooSmall(view.size()) ? pressUnseen(view, press) : OverlayKeys.press(view, press);
        };
    }

    /** Nothing is done that cannot be seen. */
    private static Step pressUnseen(View view, Event.Press press) {
        boolean quit = press.key() == Key.CHARACTER && press.character() == 'q';
        return quit ? Step.to(view, new Wish.Quit(Exit.DONE)) : Step.to(view);
    }

    private static Step wheel(View view, int lines) {
        return switch (view.overlay()) {
            case Overlay.Text text -> Step.to(view.withOverlay(OverlayKeys.scrolled(view, text, text.first() + lines)));
            case Overlay.Plan plan -> Step.to(view.withOverlay(OverlayKeys.scrolled(view, plan, lines)));
            case Overlay.None _ -> Step.to(PanelKeys.moved(view, lines));
            case Overlay.Busy _, Overlay.Planning _, Overlay.Prompt _, Overlay.Places _ -> Step.to(view);
        };
    }

    /** The cursors stay on what they were on, wherever that is now. */
    private static View looked(View view, Look look) {
        Optional<Mark> socket = view.socket().map(Mark::of);
        Optional<Circle> group = view.group().map(Group::circle);
        View next = view.withLook(look).withoutLostMarks();
        int socketAt = socket.map(mark -> indexOf(look, mark)).orElse(-1);
        int groupAt = group.map(circle -> indexOfGroup(look, circle)).orElse(-1);
        Layout layout = next.layout();
        return next.withSockets(view.sockets()
                        .to(
                                socketAt < 0 ? view.sockets().at() : socketAt,
                                look.sockets().size(),
                                layout.socketRows()))
                .withGroups(view.groups()
                        .to(
                                groupAt < 0 ? view.groups().at() : groupAt,
                                look.groups().size(),
                                layout.groupRows()));
    }

    /** The first row is where one looks for the worst: who stands there stays there. */
    private static int indexOf(Look look, Mark mark) {
        List<TcpSocket> sockets = look.sockets();
        for (int i = 0; i < sockets.size(); i++) {
            if (Mark.of(sockets.get(i)).equals(mark)) {
                return i;
            }
        }
        return -1;
    }

    private static int indexOfGroup(Look look, Circle circle) {
        for (int i = 0; i < look.groups().size(); i++) {
            if (look.groups().get(i).circle().equals(circle)) {
                return i;
            }
        }
        return -1;
    }

    private static Step filterRead(View view, Event.FilterRead read) {
        Question question = view.question().of(read.filter());
        View next = view.withQuestion(question).withMarked(Set.of()).withOverlay(Overlay.NONE);
        return Step.to(next, new Wish.Ask(question));
    }

    private static View refused(View view, List<String> lines) {
        return view.overlay() instanceof Overlay.Prompt prompt
                ? view.withOverlay(new Overlay.Prompt(prompt.line(), lines))
                : view;
    }

    /** Who went back meanwhile does not want to know any more. */
    private static View told(View view, String title, List<String> lines) {
        return view.overlay() instanceof Overlay.Busy ? view.withOverlay(text(view, title, lines)) : view;
    }

    private static Overlay.Text text(View view, String title, List<String> lines) {
        return new Overlay.Text(title, Fold.lines(lines, view.size().columns() - 2), 0);
    }

    private static Step planned(View view, Event.Planned planned) {
        if (!(view.overlay() instanceof Overlay.Planning(boolean dryRun))) {
            return Step.to(view, new Wish.DropPlan());
        }
        Overlay.Text text = text(view, dryRun ? "what close would do" : "this will be done", planned.lines());
        return Step.to(view.withOverlay(new Overlay.Plan(text, planned.actionable(), dryRun)));
    }

    private static View failed(View view, String why) {
        View next = switch (view.overlay()) {
            case Overlay.Busy _, Overlay.Planning _ -> view.withOverlay(Overlay.NONE);
            case Overlay.None _, Overlay.Text _, Overlay.Plan _, Overlay.Prompt _, Overlay.Places _ -> view;
        };
        return next.withNotice(why);
    }
}
