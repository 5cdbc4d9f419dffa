package lastack.cli.tui;

import java.util.List;
import lastack.cli.census.Circle;
import lastack.cli.census.Group;
import lastack.model.Durations;

/** The groups: state, number, trend, who holds them, between whom. */
final class GroupsPanel {
    private static final int STATE_AT = 1;
    private static final int COUNT_END = 20;
    private static final int TREND_AT = 22;
    private static final int LEAST_TREND = 12;
    private static final int OLDEST = 8;
    private static final int OWNER = 16;
    private static final int NETNS = 16;
    private static final int NETNS_FROM_COLUMNS = 100;

    private final Screen screen;
    private final Glyphs glyphs;
    private final View view;
    private final int trend;
    private final int oldestEnd;
    private final int owner;
    private final int peerAt;
    private final int netnsAt;

    private GroupsPanel(Screen screen, Glyphs glyphs, View view) {
        this.screen = screen;
        this.glyphs = glyphs;
        this.view = view;
        int spare = screen.width() - Layout.LEAST_COLUMNS;
        this.trend = LEAST_TREND + Math.min(26, spare / 3);
        this.oldestEnd = TREND_AT + trend + OLDEST;
        this.owner = OWNER + Math.min(14, spare / 4);
        this.peerAt = oldestEnd + 2 + owner + 1;
        boolean netns =
                screen.width() >= NETNS_FROM_COLUMNS && view.look().places().size() > 1;
        this.netnsAt = screen.width() - (netns ? NETNS : 0);
    }

    static void draw(Screen screen, Glyphs glyphs, View view) {
        new GroupsPanel(screen, glyphs, view).draw();
    }

    private void draw() {
        Layout layout = view.layout();
        heading(layout.groupsAt());
        List<Group> groups = view.look().groups();
        for (int row = 0; row < layout.groupRows(); row++) {
            int at = view.groups().first() + row;
            if (at < groups.size()) {
                row(
                        layout.groupsAt() + 1 + row,
                        groups.get(at),
                        at == view.groups().at());
            }
        }
        if (groups.isEmpty()) {
            screen.put(STATE_AT, layout.groupsAt() + 1, "no connections", Ink.FAINT);
        }
    }

    private void heading(int y) {
        screen.dye(y, Ink.TITLE);
        screen.put(STATE_AT, y, "GROUP", Ink.TITLE);
        screen.putRight(COUNT_END, y, "COUNT", Ink.TITLE);
        screen.put(TREND_AT, y, "TREND", Ink.TITLE);
        screen.putRight(oldestEnd, y, "OLDEST", Ink.TITLE);
        screen.put(oldestEnd + 2, y, "OWNER", Ink.TITLE);
        screen.put(peerAt, y, "PEER", Ink.TITLE);
        screen.put(netnsAt, y, "NETNS", Ink.TITLE);
    }

    private void row(int y, Group group, boolean chosen) {
        Circle circle = group.circle();
        screen.put(STATE_AT, y, circle.state().label(), States.ink(circle.state()));
        screen.putRight(COUNT_END, y, Glyphs.count(group.count(), 8), Ink.STRONG);
        screen.put(TREND_AT, y, glyphs.sparkline(trend, group.trend().counts()), States.ink(circle.state()));
        String age = group.oldestMillis() < 0 ? "-" : Durations.format(group.oldestMillis());
        screen.putRight(oldestEnd, y, age, Ink.PLAIN);
        screen.put(oldestEnd + 2, y, glyphs.cut(circle.owner(), owner, 7), Ink.PLAIN);
        screen.put(
                peerAt, y, glyphs.cut(group.between(), netnsAt - peerAt - 1, circle.peer() == null ? 0 : 6), Ink.PLAIN);
        screen.put(netnsAt, y, glyphs.cut(circle.netns().label(), NETNS - 1, 0), Ink.PLAIN);
        if (chosen) {
            screen.dye(y, view.panel() == View.Panel.GROUPS ? Ink.CHOSEN : Ink.REMEMBERED);
        }
    }
}
