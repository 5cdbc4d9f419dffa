package lastack.cli.tui;

import java.util.List;
import lastack.cli.census.Look;
import lastack.model.TcpState;

/** The state machine of RFC 9293, figure 5, as far as Linux goes: how many are in each state, how many a second go each way. */
final class Diagram {
    static final int ROWS = 11;

    private static final String DRAWING = """
                    ┌──────────────────── CLOSED             ───────────────────┐
                    ▼ listen                                                    ▼ connect
            LISTEN                                                      SYN-SENT
                    ▼ syn                                                       │ syn ack
            SYN-RECV           ── ack ──▶ ESTAB              ◀──────────────────┘
                    ┌────────── close ────────────┴──────────── fin ────────────┐
            FIN-WAIT-1         ── fin ──▶ CLOSING                       CLOSE-WAIT
                    ▼ ack                         │ ack                         ▼ close
            FIN-WAIT-2                            │                     LAST-ACK
                    │ fin                         ▼                             ▼ ack
                    └───────────────────▶ TIME-WAIT          ── 60 s ──▶ CLOSED
            """;

    private static final int WIDTH = 78;

    /** A name, a blank, and a count. */
    private static final int BOX = 18;

    private static final int COUNT = 7;

    /** A state and where its name begins. */
    private record Box(TcpState state, int x, int y) {}

    /** Some cells of an arrow, from a column up to another. */
    private record Stroke(int y, int from, int to) {}

    /**
     * An arrow.
     *
     * @param label the word on it, which gives way to the rate where something flows
     * @param x the column of the label
     */
    private record Arrow(TcpState from, TcpState to, String label, int x, int y, List<Stroke> strokes) {}

    private static final List<Box> BOXES = List.of(
            new Box(TcpState.CLOSED, 30, 0),
            new Box(TcpState.LISTEN, 0, 2),
            new Box(TcpState.SYN_SENT, 60, 2),
            new Box(TcpState.SYN_RECV, 0, 4),
            new Box(TcpState.ESTABLISHED, 30, 4),
            new Box(TcpState.FIN_WAIT_1, 0, 6),
            new Box(TcpState.CLOSING, 30, 6),
            new Box(TcpState.CLOSE_WAIT, 60, 6),
            new Box(TcpState.FIN_WAIT_2, 0, 8),
            new Box(TcpState.LAST_ACK, 60, 8),
            new Box(TcpState.TIME_WAIT, 30, 10));

    private static final List<Arrow> ARROWS = List.of(
            arrow(TcpState.CLOSED, TcpState.LISTEN, "listen", 10, 1, new Stroke(0, 8, 29), new Stroke(1, 8, 18)),
            arrow(TcpState.CLOSED, TcpState.SYN_SENT, "connect", 70, 1, new Stroke(0, 49, 69), new Stroke(1, 68, 78)),
            arrow(TcpState.LISTEN, TcpState.SYN_RECV, "syn", 10, 3, new Stroke(3, 8, 18)),
            arrow(
                    TcpState.SYN_SENT,
                    TcpState.ESTABLISHED,
                    "syn ack",
                    70,
                    3,
                    new Stroke(3, 68, 78),
                    new Stroke(4, 49, 69)),
            arrow(TcpState.SYN_RECV, TcpState.ESTABLISHED, "ack", 21, 4, new Stroke(4, 19, 29)),
            arrow(TcpState.ESTABLISHED, TcpState.FIN_WAIT_1, "close", 19, 5, new Stroke(5, 8, 38)),
            arrow(TcpState.ESTABLISHED, TcpState.CLOSE_WAIT, "fin", 51, 5, new Stroke(5, 39, 69)),
            arrow(TcpState.FIN_WAIT_1, TcpState.CLOSING, "fin", 21, 6, new Stroke(6, 19, 29)),
            arrow(TcpState.FIN_WAIT_1, TcpState.FIN_WAIT_2, "ack", 10, 7, new Stroke(7, 8, 18)),
            arrow(
                    TcpState.CLOSING,
                    TcpState.TIME_WAIT,
                    "ack",
                    40,
                    7,
                    new Stroke(7, 38, 48),
                    new Stroke(8, 38, 39),
                    new Stroke(9, 38, 39)),
            arrow(TcpState.CLOSE_WAIT, TcpState.LAST_ACK, "close", 70, 7, new Stroke(7, 68, 78)),
            arrow(TcpState.FIN_WAIT_2, TcpState.TIME_WAIT, "fin", 10, 9, new Stroke(9, 8, 18), new Stroke(10, 8, 29)),
            arrow(TcpState.LAST_ACK, TcpState.CLOSED, "ack", 70, 9, new Stroke(9, 68, 78)),
            arrow(TcpState.TIME_WAIT, TcpState.CLOSED, "60 s", 51, 10, new Stroke(10, 49, 59)));

    private final Screen screen;
    private final Look look;
    private final int left;
    private final int top;

    private Diagram(Screen screen, Look look, int top) {
        this.screen = screen;
        this.look = look;
        this.left = (screen.width() - WIDTH) / 2;
        this.top = top;
    }

    private static Arrow arrow(TcpState from, TcpState to, String label, int x, int y, Stroke... strokes) {
        return new Arrow(from, to, label, x, y, List.of(strokes));
    }

    /** Draws it from a row on. */
    static void draw(Screen screen, Glyphs glyphs, Look look, int top) {
        Diagram diagram = new Diagram(screen, look, top);
        List<String> rows = glyphs.of(DRAWING).lines().toList();
        for (int y = 0; y < ROWS; y++) {
            screen.put(diagram.left, top + y, rows.get(y), Ink.FAINT);
        }
        Traffic traffic = Traffic.of(look);
        ARROWS.forEach(arrow -> diagram.draw(arrow, traffic.perSecond(arrow.from, arrow.to)));
        BOXES.forEach(diagram::draw);
    }

    private void draw(Arrow arrow, double perSecond) {
        if (perSecond <= 0) {
            return;
        }
        for (Stroke stroke : arrow.strokes) {
            for (int x = stroke.from; x < stroke.to; x++) {
                dye(x, stroke.y);
            }
        }
        String rate = Glyphs.rate(perSecond);
        String padded = rate + " ".repeat(Math.max(0, arrow.label.length() - rate.length()));
        screen.put(left + arrow.x - 1, top + arrow.y, ' ' + padded + ' ', Ink.FLOW);
    }

    private void dye(int x, int y) {
        int character = screen.character(left + x, top + y);
        screen.put(left + x, top + y, Character.toString(character), Ink.FLOW);
    }

    private void draw(Box box) {
        int count = look.count(box.state);
        boolean lingers = States.linger(look, box.state);
        Ink ink = count == 0 ? Ink.FAINT : lingers ? States.ink(box.state) : Ink.PLAIN;
        String name = box.state.label();
        screen.put(left + box.x, top + box.y, name, count == 0 ? Ink.FAINT : ink);
        String number = Glyphs.count(count, COUNT);
        screen.putRight(left + box.x + BOX, top + box.y, number, count == 0 ? Ink.FAINT : lingers ? ink : Ink.STRONG);
    }
}
