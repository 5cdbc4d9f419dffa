package lastack.cli.tui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import lastack.cli.census.Look;
import lastack.cli.census.Order;
import lastack.filter.Filter;
import lastack.filter.FilterSyntaxException;
import lastack.model.TcpSocket;
import lastack.model.TcpState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UpdateTest {
    private static final Mark FIRST = new Mark(Scenes.NETNS.inode(), 1);
    private static final Mark SECOND = new Mark(Scenes.NETNS.inode(), 2);

    @ParameterizedTest
    @CsvSource({
        "j, 1",
        "[DOWN], 1",
        "jjk, 1",
        "[PAGE_DOWN], 5",
        "[END], 12",
        "G, 12",
        "G[HOME], 0",
        "Gg, 0",
        "k, 0",
        "GG, 12"
    })
    void movesThroughTheSockets(String keys, int at) {
        View view = Scenes.after(Scenes.leaking(), keys);

        assertThat(view.sockets().at()).isEqualTo(at);
        assertThat(view.sockets().first()).isBetween(Math.max(0, at - 4), at);
    }

    @Test
    void theWheelMovesThreeRows() {
        View view = Update.of(Scenes.leaking(), new Event.Wheel(3)).view();

        assertThat(view.sockets().at()).isEqualTo(3);
    }

    @Test
    void theCursorStaysOnItsSocketWhereverThatIsNow() {
        View view = Scenes.after(Scenes.leaking(), "j");
        List<TcpSocket> sockets = new ArrayList<>(view.look().sockets());
        sockets.addFirst(Scenes.socket(TcpState.CLOSE_WAIT, 99, "10.0.0.200", 99_000_000));

        View next = Update.of(view, new Event.Looked(Scenes.look(sockets))).view();

        assertThat(next.socket().map(Mark::of)).contains(SECOND);
        assertThat(next.sockets().at()).isEqualTo(2);
    }

    @Test
    void theCursorStaysInsideWhenSocketsGo() {
        View view = Scenes.after(Scenes.leaking(), "G");

        View next = Update.of(view, new Event.Looked(Look.NONE)).view();

        assertThat(next.sockets()).isEqualTo(Cursor.TOP);
        assertThat(next.socket()).isEmpty();
    }

    @Test
    void closingPlansTheSocketUnderTheCursor() {
        Step step = Scenes.step(Scenes.leaking(), "jc");

        assertThat(step.wishes()).containsExactly(new Wish.Plan(Set.of(SECOND)));
        assertThat(step.view().overlay()).isEqualTo(new Overlay.Planning(false));
    }

    @Test
    void closingPlansTheMarkedOnesAndNoOther() {
        Step step = Scenes.step(Scenes.leaking(), "  jjc");

        assertThat(step.wishes()).containsExactly(new Wish.Plan(Set.of(FIRST, SECOND)));
    }

    @Test
    void aMarkIsLostWithItsSocket() {
        View marked = Scenes.after(Scenes.leaking(), " ");

        View next = Update.of(
                        marked,
                        new Event.Looked(Scenes.look(marked.look().sockets().subList(1, 5))))
                .view();

        assertThat(next.marked()).isEmpty();
    }

    @Test
    void onlyYesCarriesThePlanOut() {
        View asked = planned("c", 1);

        assertThat(Scenes.step(asked, "y").wishes()).containsExactly(new Wish.CarryOut());
        assertThat(Scenes.step(asked, "n").wishes()).containsExactly(new Wish.DropPlan());
        assertThat(Scenes.step(asked, "n").view().notice()).isEqualTo("nothing changed");
        assertThat(Scenes.step(asked, "[ENTER]").wishes()).containsExactly(new Wish.DropPlan());
        assertThat(Scenes.step(asked, "[ESCAPE]").wishes()).containsExactly(new Wish.DropPlan());
        assertThat(Scenes.step(asked, "x").wishes()).isEmpty();
        assertThat(Scenes.step(asked, "c").wishes()).isEmpty();
    }

    @Test
    void aDryRunNeverCarriesOut() {
        assertThat(Scenes.step(planned("d", 1), "y").wishes()).isEmpty();
    }

    @Test
    void aPlanOfNothingCannotBeCarriedOut() {
        assertThat(Scenes.step(planned("c", 0), "y").wishes()).isEmpty();
    }

    private static View planned(String key, int actionable) {
        View planning = Scenes.after(Scenes.leaking(), key);
        return Update.of(planning, new Event.Planned(List.of("planned"), actionable))
                .view();
    }

    @Test
    void aPlanThatComesAfterEscapeIsDropped() {
        View left = Scenes.after(Scenes.leaking(), "c[ESCAPE]");

        Step step = Update.of(left, new Event.Planned(List.of("planned"), 1));

        assertThat(step.wishes()).containsExactly(new Wish.DropPlan());
        assertThat(step.view().overlay()).isEqualTo(Overlay.NONE);
    }

    @Test
    void nothingIsDoneOnAScreenThatIsTooSmallToShowIt() {
        View small = Update.of(planned("c", 1), new Event.Resized(60, 20)).view();

        assertThat(Scenes.step(small, "y").wishes()).isEmpty();
        assertThat(Scenes.step(small, "q").wishes()).containsExactly(new Wish.Quit(0));
    }

    @Test
    void enterAsksWhy() {
        Step step = Scenes.step(Scenes.leaking(), "[ENTER]");

        assertThat(step.wishes())
                .containsExactly(new Wish.Explain(Scenes.leak().sockets().getFirst()));
        View told = Update.of(step.view(), new Event.Told("why", List.of("eof-never-read")))
                .view();
        assertThat(told.overlay()).isEqualTo(new Overlay.Text("why", List.of("eof-never-read"), 0));
        assertThat(Scenes.after(told, "[ESCAPE]").overlay()).isEqualTo(Overlay.NONE);
    }

    @Test
    void enterOnAGroupListsItsSocketsAndEscapeListsAllAgain() {
        Step narrowed = Scenes.step(Scenes.leaking(), "[TAB][ENTER]");

        assertThat(narrowed.view().panel()).isEqualTo(View.Panel.SOCKETS);
        assertThat(narrowed.view().question().only())
                .contains(Scenes.leak().groups().getFirst().circle());
        assertThat(narrowed.wishes())
                .containsExactly(new Wish.Ask(narrowed.view().question()));
        assertThat(Scenes.after(narrowed.view(), "[ESCAPE]").question().only()).isEmpty();
    }

    @Test
    void sortsAtOnceAndAsksForTheSame() {
        Step step = Scenes.step(Scenes.leaking(), "ss");

        assertThat(step.view().question().order()).isEqualTo(Order.RECV_Q);
        assertThat(step.wishes()).containsExactly(new Wish.Ask(step.view().question()));
    }

    @Test
    void aFilterIsReadWhenItIsTypedAndTakenWhenItIsRight() throws FilterSyntaxException {
        Step typed = Scenes.step(Scenes.leaking(), "/state close-wait[ENTER]");
        assertThat(typed.wishes()).containsExactly(new Wish.ReadFilter("state close-wait"));

        Filter filter = Filter.parse("state close-wait");
        Step taken = Update.of(typed.view(), new Event.FilterRead(filter));

        assertThat(taken.view().overlay()).isEqualTo(Overlay.NONE);
        assertThat(taken.wishes()).containsExactly(new Wish.Ask(taken.view().question()));
        assertThat(taken.view().question().filter()).isSameAs(filter);
    }

    @Test
    void lettersInAFilterAreNoCommands() {
        View view = Scenes.after(Scenes.leaking(), "/qcd ");

        assertThat(view.overlay()).isEqualTo(new Overlay.Prompt(Line.of("qcd "), List.of()));
    }

    @Test
    void pausesAndGoesOn() {
        Step paused = Scenes.step(Scenes.leaking(), "p");

        assertThat(paused.wishes()).containsExactly(new Wish.Pause(true));
        assertThat(Painter.paint(paused.view()).row(0)).endsWith(" PAUSED");
        assertThat(Scenes.step(paused.view(), "p").wishes()).containsExactly(new Wish.Pause(false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"h", "?"})
    void helpComesAndGoes(String key) {
        View help = Scenes.after(Scenes.leaking(), key);

        assertThat(Painter.paint(help).toString()).contains("PgUp PgDn", "Esc");
        assertThat(Scenes.after(help, "q").overlay()).isEqualTo(Overlay.NONE);
    }

    @Test
    void whatFailedIsSaid() {
        View view = Update.of(Scenes.after(Scenes.leaking(), "c"), new Event.Failed("sock_diag: EPERM; run as root"))
                .view();

        assertThat(view.overlay()).isEqualTo(Overlay.NONE);
        assertThat(Painter.paint(view).row(22)).isEqualTo(" sock_diag: EPERM; run as root");
    }

    @Test
    void signalsEndItWithTheirCode() {
        assertThat(Update.of(Scenes.leaking(), new Event.Ended(143)).wishes()).containsExactly(new Wish.Quit(143));
        assertThat(Scenes.step(Scenes.leaking(), "[INTERRUPT]").wishes()).containsExactly(new Wish.Quit(130));
        assertThat(Scenes.step(Scenes.leaking(), "q").wishes()).containsExactly(new Wish.Quit(0));
    }
}
