package lastack.cli.tui;

import java.util.List;
import java.util.Optional;
import lastack.cli.census.Circle;
import lastack.cli.print.Cell;
import lastack.model.TcpSocket;

/** The sockets: state, age, both ends, who holds them; the queues where there is room. */
final class SocketsPanel {
    private static final String OWNER = "OWNER";
    private static final int STATE_AT = 1;
    private static final int AGE_END = 19;
    private static final int LOCAL_AT = 21;
    private static final int END = 20;
    private static final int LONGEST_END = 47;
    private static final int PORT = 6;
    private static final int PID_AND_FD = 14;
    private static final int QUEUES_FROM_COLUMNS = 110;
    private static final int QUEUE = 9;

    private final Screen screen;
    private final Glyphs glyphs;
    private final View view;
    private final int end;
    private final boolean queues;

    private SocketsPanel(Screen screen, Glyphs glyphs, View view) {
        this.screen = screen;
        this.glyphs = glyphs;
        this.view = view;
        this.queues = screen.width() >= QUEUES_FROM_COLUMNS;
        int spare = screen.width() - Layout.LEAST_COLUMNS - (queues ? 2 * QUEUE : 0);
        this.end = Math.min(LONGEST_END, END + Math.max(0, spare) / 3);
    }

    static void draw(Screen screen, Glyphs glyphs, View view) {
        new SocketsPanel(screen, glyphs, view).draw();
    }

    private void draw() {
        Layout layout = view.layout();
        heading(layout.socketsAt());
        List<TcpSocket> sockets = view.look().sockets();
        for (int row = 0; row < layout.socketRows(); row++) {
            int at = view.sockets().first() + row;
            if (at < sockets.size()) {
                row(
                        layout.socketsAt() + 1 + row,
                        sockets.get(at),
                        at == view.sockets().at());
            }
        }
        if (sockets.isEmpty()) {
            screen.put(STATE_AT, layout.socketsAt() + 1, "none", Ink.FAINT);
        }
    }

    private void heading(int y) {
        screen.dye(y, Ink.TITLE);
        screen.put(STATE_AT, y, "SOCKET", Ink.TITLE);
        screen.putRight(AGE_END, y, "AGE", Ink.TITLE);
        screen.put(LOCAL_AT, y, "LOCAL", Ink.TITLE);
        screen.put(peerAt(), y, "PEER", Ink.TITLE);
        if (queues) {
            screen.putRight(peerAt() + end + QUEUE, y, "RECV-Q", Ink.TITLE);
            screen.putRight(peerAt() + end + 2 * QUEUE, y, "SEND-Q", Ink.TITLE);
        }
        String scope = scope();
        if (ownerAt() + OWNER.length() + 1 < screen.width() - scope.length()) {
            screen.put(ownerAt(), y, OWNER, Ink.TITLE);
        }
        screen.putRight(screen.width() - 1, y, scope, Ink.TITLE);
    }

    private int peerAt() {
        return LOCAL_AT + end + 1;
    }

    private int ownerAt() {
        return peerAt() + end + (queues ? 2 * QUEUE + 2 : 1);
    }

    /** Which are listed, where that is not all; how many are marked. */
    private String scope() {
        StringBuilder scope = new StringBuilder();
        Optional<Circle> only = view.question().only();
        only.ifPresent(circle -> scope.append("of ").append(glyphs.cut(circle.owner(), 16, 6)));
        int shown = view.look().sockets().size();
        if (view.look().listed() > shown) {
            scope.append("  ")
                    .append(Glyphs.count(shown, 8))
                    .append(" of ")
                    .append(Glyphs.count(view.look().listed(), 8));
        }
        if (!view.marked().isEmpty()) {
            scope.append("  ").append(view.marked().size()).append(" marked");
        }
        return scope.toString().strip();
    }

    private void row(int y, TcpSocket socket, boolean chosen) {
        boolean marked = view.marked().contains(Mark.of(socket));
        screen.put(0, y, marked ? "*" : " ", Ink.STRONG);
        screen.put(STATE_AT, y, socket.state().label(), marked ? Ink.STRONG : States.ink(socket.state()));
        screen.putRight(AGE_END, y, Cell.age(socket.age()), Ink.PLAIN);
        screen.put(LOCAL_AT, y, glyphs.cut(socket.local().toString(), end, PORT), Ink.PLAIN);
        screen.put(peerAt(), y, glyphs.cut(socket.peer().toString(), end, PORT), Ink.PLAIN);
        if (queues) {
            screen.putRight(peerAt() + end + QUEUE, y, Glyphs.count(socket.receiveQueue(), 8), Ink.PLAIN);
            screen.putRight(peerAt() + end + 2 * QUEUE, y, Glyphs.count(socket.sendQueue(), 8), Ink.PLAIN);
        }
        screen.put(ownerAt(), y, glyphs.cut(owners(socket), screen.width() - ownerAt(), PID_AND_FD), Ink.PLAIN);
        if (chosen) {
            screen.dye(y, view.panel() == View.Panel.SOCKETS ? Ink.CHOSEN : Ink.REMEMBERED);
        }
    }

    private String owners(TcpSocket socket) {
        boolean later = !view.look().ownersKnown() && socket.inode() != 0;
        return later ? "..." : Cell.owners(socket);
    }
}
