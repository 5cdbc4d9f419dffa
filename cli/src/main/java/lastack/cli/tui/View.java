package lastack.cli.tui;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lastack.cli.census.Group;
import lastack.cli.census.Look;
import lastack.cli.census.Question;
import lastack.model.TcpSocket;

/**
 * All that is known when a screen is drawn.
 *
 * @param size of the terminal
 * @param host whose sockets these are
 * @param every how often is looked, such as {@code 1s}
 * @param look what the last look saw
 * @param question what is looked at
 * @param panel which list has the keys
 * @param groups the place in the list of groups
 * @param sockets the place in the list of sockets
 * @param marked what was marked for closing
 * @param paused whether looking has stopped
 * @param overlay what lies over the panels
 * @param notice a remark in place of the gaps, empty for none
 */
record View(
        Size size,
        String host,
        String every,
        Look look,
        Question question,
        Panel panel,
        Cursor groups,
        Cursor sockets,
        Set<Mark> marked,
        boolean paused,
        Overlay overlay,
        String notice) {
    /** The lists. */
    enum Panel {
        GROUPS,
        SOCKETS;

        Panel other() {
            return this == GROUPS ? SOCKETS : GROUPS;
        }
    }

    /** Columns and rows of the terminal, and whether it can show nothing but ASCII. */
    record Size(int columns, int rows, boolean ascii) {}

    /** Before the first look. */
    static View first(Size size, String host, String every, Question question) {
        return new View(
                size,
                host,
                every,
                Look.NONE,
                question,
                Panel.SOCKETS,
                Cursor.TOP,
                Cursor.TOP,
                Set.of(),
                false,
                Overlay.NONE,
                "looking ...");
    }

    Layout layout() {
        return Layout.of(this);
    }

    /** The group under the cursor. */
    Optional<Group> group() {
        List<Group> all = look.groups();
        return groups.at() < all.size() ? Optional.of(all.get(groups.at())) : Optional.empty();
    }

    /** The socket under the cursor. */
    Optional<TcpSocket> socket() {
        List<TcpSocket> all = look.sockets();
        return sockets.at() < all.size() ? Optional.of(all.get(sockets.at())) : Optional.empty();
    }

    /** What an act is meant for: the marked ones, or else the one under the cursor. */
    Set<Mark> meant() {
        return marked.isEmpty() ? Set.copyOf(socket().map(Mark::of).stream().toList()) : marked;
    }

    View withSize(int columns, int rows) {
        Size next = new Size(columns, rows, size.ascii());
        return new View(next, host, every, look, question, panel, groups, sockets, marked, paused, overlay, notice)
                .settled();
    }

    View withLook(Look next) {
        return new View(size, host, every, next, question, panel, groups, sockets, marked, paused, overlay, "");
    }

    View withQuestion(Question next) {
        return new View(
                size, host, every, look, next, panel, groups, Cursor.TOP, marked, paused, overlay, "looking ...");
    }

    View withPanel(Panel next) {
        return new View(size, host, every, look, question, next, groups, sockets, marked, paused, overlay, notice);
    }

    View withGroups(Cursor next) {
        return new View(size, host, every, look, question, panel, next, sockets, marked, paused, overlay, notice);
    }

    View withSockets(Cursor next) {
        return new View(size, host, every, look, question, panel, groups, next, marked, paused, overlay, notice);
    }

    View withMarked(Set<Mark> next) {
        return new View(size, host, every, look, question, panel, groups, sockets, next, paused, overlay, notice);
    }

    View withOverlay(Overlay next) {
        return new View(size, host, every, look, question, panel, groups, sockets, marked, paused, next, notice);
    }

    View withNotice(String next) {
        return new View(size, host, every, look, question, panel, groups, sockets, marked, paused, overlay, next);
    }

    View withPaused(boolean next) {
        return new View(size, host, every, look, question, panel, groups, sockets, marked, next, overlay, notice);
    }

    /** The other way round whether the socket is marked. */
    View toggled(Mark mark) {
        Set<Mark> next = new LinkedHashSet<>(marked);
        if (!next.remove(mark)) {
            next.add(mark);
        }
        return withMarked(Set.copyOf(next));
    }

    /** Without the marks of sockets that are not on the list any more: nothing is closed that cannot be seen. */
    View withoutLostMarks() {
        Set<Mark> seen = new HashSet<>();
        look.sockets().forEach(socket -> seen.add(Mark.of(socket)));
        seen.retainAll(marked);
        return withMarked(Set.copyOf(seen));
    }

    /** With cursors inside of their lists. */
    View settled() {
        Layout layout = layout();
        return withGroups(groups.to(groups.at(), look.groups().size(), layout.groupRows()))
                .withSockets(sockets.to(sockets.at(), look.sockets().size(), layout.socketRows()));
    }
}
