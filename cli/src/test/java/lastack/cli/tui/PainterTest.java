package lastack.cli.tui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import lastack.cli.census.Look;
import lastack.cli.census.Place;
import lastack.model.NetNamespace;
import lastack.model.TcpSocket;
import lastack.model.TcpState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole screens, as they are kept in {@code src/test/resources/lastack/cli/tui}. */
final class PainterTest {
    @Test
    void drawsTheSmallestScreen() throws IOException {
        assertLooksLike("leak-80x24", Scenes.leaking());
    }

    @Test
    void drawsALargeScreenWithQueues() throws IOException {
        assertLooksLike("leak-120x40", Scenes.leaking(120, 40, false));
    }

    @Test
    void drawsWithNothingButAscii() throws IOException {
        View view = Scenes.leaking(80, 24, true);

        assertLooksLike("leak-ascii", view);
        assertThat(Painter.paint(view).toString()).matches("[\\x20-\\x7e\\n]*");
    }

    @Test
    void drawsThatNothingIsThere() throws IOException {
        View view = Update.of(Scenes.empty(), new Event.Looked(Look.NONE)).view();

        assertLooksLike("nothing", view);
    }

    @Test
    void drawsAPlanAndAsks() throws IOException {
        View planning = Scenes.after(Scenes.leaking(), "c");
        List<String> plan = List.of(
                "planned      CLOSE-WAIT   10.0.0.1:8080 -> 10.0.0.7:40000  java[4711] fd 1",
                "  shutdown: duplicates the descriptor and shuts it down; the peer gets a FIN",
                "1 matched, 1 planned");

        assertLooksLike("plan", Update.of(planning, new Event.Planned(plan, 1)).view());
    }

    @Test
    void drawsAFilterAndItsCaret() throws IOException {
        View typing = Scenes.after(Scenes.leaking(), "/state closewiat");
        List<String> mistake = List.of(
                "state closewiat",
                "      ^^^^^^^^^",
                "expected a state: established, syn-sent",
                "did you mean: close-wait");

        assertLooksLike(
                "filter-mistake",
                Update.of(typing, new Event.FilterRefused(mistake)).view());
    }

    @Test
    void drawsWhatMayFollowInAFilter() {
        Screen screen = Painter.paint(Scenes.after(Scenes.leaking(), "/state cl"));

        assertThat(screen.toString()).contains(" close-wait  closing  closed\n filter: state cl\n");
    }

    @Test
    void drawsTheNamespacesToChooseFrom() {
        Look look = Scenes.leak();
        List<Place> places = List.of(new Place(Scenes.NETNS, 12), new Place(new NetNamespace(4026532000L, "blue"), 1));
        View view = Scenes.leaking()
                .withLook(new Look(
                        look.counts(),
                        look.oldest(),
                        look.flows(),
                        true,
                        1,
                        look.groups(),
                        look.sockets(),
                        13,
                        true,
                        places,
                        List.of()));

        Screen screen = Painter.paint(Scenes.after(view, "nj[DOWN]"));

        assertThat(screen.toString())
                .contains("       13  all of them\n       12  4026531840\n        1  blue\n")
                .startsWith(" lastack watch  db1 (2 netns): 13 sockets");
        assertThat(screen.ink(12, 4)).isEqualTo(Ink.CHOSEN);
    }

    @Test
    void saysWhatCouldNotBeSeen() {
        Look look = Scenes.leak();
        View view = Scenes.leaking()
                .withLook(new Look(
                        look.counts(),
                        look.oldest(),
                        look.flows(),
                        true,
                        1,
                        look.groups(),
                        look.sockets(),
                        13,
                        true,
                        look.places(),
                        List.of(Scenes.HIDDEN_OWNERS)));

        assertThat(Painter.paint(view).row(22))
                .startsWith(" not seen: owners: the descriptors of 3 processes may not be read; run as")
                .endsWith("…");
    }

    @ParameterizedTest
    @CsvSource({"79, 24", "80, 23", "20, 5", "1, 1", "0, 0"})
    void saysThatTheTerminalIsTooSmallAndRecovers(int columns, int rows) {
        View small =
                Update.of(Scenes.leaking(), new Event.Resized(columns, rows)).view();
        View large = Update.of(small, new Event.Resized(80, 24)).view();

        assertThat(Painter.paint(small).toString())
                .contains("lastack watch needs 80x24".substring(0, Math.clamp(columns, 1, 19)));
        assertThat(Painter.paint(large).toString())
                .isEqualTo(Painter.paint(Scenes.leaking()).toString());
    }

    @Test
    void highlightsWhatLingersAndNotWhatPassesThrough() {
        Screen old = Painter.paint(Scenes.leaking());
        View fresh = Update.of(
                        Scenes.empty(),
                        new Event.Looked(Scenes.look(List.of(
                                Scenes.socket(TcpState.CLOSE_WAIT, 1, "10.0.0.7", 4_000),
                                Scenes.socket(TcpState.TIME_WAIT, 2, "10.0.0.7", 50_000)))))
                .view();

        assertThat(inkOf(old, "CLOSE-WAIT", 7)).isEqualTo(Ink.BAD);
        assertThat(inkOf(old, "ESTAB", 5)).isEqualTo(Ink.FAINT);
        assertThat(inkOf(Painter.paint(fresh), "CLOSE-WAIT", 7)).isEqualTo(Ink.PLAIN);
        assertThat(inkOf(Painter.paint(fresh), "TIME-WAIT", 11)).isEqualTo(Ink.PLAIN);
    }

    @Test
    void arrowsThatFlowShowTheirRate() {
        Screen screen = Painter.paint(Scenes.leaking());

        assertThat(inkOf(screen, "2.0/s", 6)).isEqualTo(Ink.FLOW);
        assertThat(inkOf(screen, "31/s", 10)).isEqualTo(Ink.FLOW);
        assertThat(inkOf(screen, "syn", 4)).isEqualTo(Ink.FAINT);
    }

    private static Ink inkOf(Screen screen, String text, int row) {
        int column = screen.row(row).indexOf(text);
        assertThat(column).as(text + " in " + screen.row(row)).isNotNegative();
        return screen.ink(column, row);
    }

    @Test
    void aMillionSocketsFit() {
        List<TcpSocket> sockets =
                new ArrayList<>(Collections.nCopies(2, Scenes.socket(TcpState.CLOSE_WAIT, 1, "10.0.0.7", 6_000)));
        Look look = Scenes.look(sockets);
        List<Integer> counts = new ArrayList<>(look.counts());
        counts.set(TcpState.CLOSE_WAIT.number(), 12_345_678);
        View view = Update.of(
                        Scenes.empty(),
                        new Event.Looked(new Look(
                                counts,
                                look.oldest(),
                                look.flows(),
                                true,
                                1,
                                look.groups(),
                                sockets,
                                12_345_678,
                                true,
                                look.places(),
                                List.of())))
                .view();

        String screen = Painter.paint(view).toString();

        assertThat(screen)
                .contains("CLOSE-WAIT   12.3M\n")
                .contains("12,345,678 sockets")
                .contains("2 of 12.3M\n");
    }

    private static void assertLooksLike(String name, View view) throws IOException {
        String screen = Painter.paint(view).toString();
        if (Boolean.getBoolean("lastack.golden.write")) {
            Files.writeString(Path.of("src/test/resources/lastack/cli/tui", name + ".txt"), screen);
        }
        try (InputStream kept = PainterTest.class.getResourceAsStream(name + ".txt")) {
            assertThat(screen)
                    .isEqualTo(new String(Objects.requireNonNull(kept).readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
