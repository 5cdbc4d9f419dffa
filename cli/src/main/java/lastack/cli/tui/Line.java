package lastack.cli.tui;

import java.util.List;
import lastack.filter.Completion;

/** A line that is being edited. */
record Line(String text, int cursor) {
    static Line of(String text) {
        return new Line(text, text.length());
    }

    /** The same after a key; other keys change nothing. */
    Line after(Event.Press press) {
        return switch (press.key()) {
            case CHARACTER -> insert(Character.toString(press.character()));
            case LEFT -> new Line(text, Math.max(0, cursor - 1));
            case RIGHT -> new Line(text, Math.min(text.length(), cursor + 1));
            case HOME -> new Line(text, 0);
            case END -> of(text);
            case BACKSPACE -> cursor == 0 ? this : erase(cursor - 1, cursor);
            case DELETE -> cursor == text.length() ? this : erase(cursor, cursor + 1);
            case ERASE_LINE -> erase(0, cursor);
            case ERASE_WORD -> erase(text.substring(0, cursor).stripTrailing().lastIndexOf(' ') + 1, cursor);
            case TAB -> completed();
            case UP, DOWN, PAGE_UP, PAGE_DOWN, ENTER, ESCAPE, REDRAW, INTERRUPT, SUSPEND -> this;
        };
    }

    private Line insert(String more) {
        return new Line(text.substring(0, cursor) + more + text.substring(cursor), cursor + more.length());
    }

    private Line erase(int from, int to) {
        return new Line(text.substring(0, from) + text.substring(to), from);
    }

    /** The words that fit here. */
    List<String> candidates() {
        return Completion.of(text.substring(0, cursor));
    }

    /** As far as all candidates agree; a blank behind the only one. */
    private Line completed() {
        List<String> candidates = candidates();
        if (candidates.isEmpty()) {
            return this;
        }
        String before = text.substring(0, cursor);
        int begun = before.length() - (Math.max(before.lastIndexOf(' '), before.lastIndexOf('(')) + 1);
        String whole = candidates.size() == 1 ? candidates.getFirst() + ' ' : agreed(candidates);
        return whole.length() > begun ? insert(whole.substring(begun)) : this;
    }

    private static String agreed(List<String> words) {
        String agreed = words.getFirst();
        for (String word : words) {
            while (!word.startsWith(agreed)) {
                agreed = agreed.substring(0, agreed.length() - 1);
            }
        }
        return agreed;
    }
}
