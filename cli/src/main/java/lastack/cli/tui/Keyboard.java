package lastack.cli.tui;

import java.util.Optional;
import org.jline.keymap.BindingReader;
import org.jline.keymap.KeyMap;
import org.jline.terminal.MouseEvent;
import org.jline.terminal.Terminal;
import org.jline.utils.InfoCmp.Capability;

/** From what a terminal sends to keys. */
final class Keyboard {
    /** How long it may take until the rest of an escape sequence comes; without one it was the key itself. */
    private static final long ESCAPE_MILLIS = 60;

    private static final int WHEEL_LINES = 3;

    /** What a sequence stands for. */
    private enum Sign {
        KEY,
        MOUSE,
        /** A key that means nothing here. */
        NOTHING
    }

    private record Bound(Sign sign, Key key) {
        static Bound to(Key key) {
            return new Bound(Sign.KEY, key);
        }
    }

    private static final Bound NOTHING = new Bound(Sign.NOTHING, Key.ESCAPE);

    private final Terminal terminal;
    private final BindingReader reader;
    private final KeyMap<Bound> keys = new KeyMap<>();

    Keyboard(Terminal terminal) {
        this.terminal = terminal;
        this.reader = new BindingReader(terminal.reader());
        keys.setAmbiguousTimeout(ESCAPE_MILLIS);
        keys.setUnicode(Bound.to(Key.CHARACTER));
        keys.setNomatch(Bound.to(Key.CHARACTER));
        bindNothing();
        bindKeys();
        keys.bind(new Bound(Sign.MOUSE, Key.ESCAPE), "\u001b[<", "\u001b[M");
    }

    private void bindKeys() {
        bind(Key.UP, Capability.key_up, "\u001b[A", "\u001bOA");
        bind(Key.DOWN, Capability.key_down, "\u001b[B", "\u001bOB");
        bind(Key.RIGHT, Capability.key_right, "\u001b[C", "\u001bOC");
        bind(Key.LEFT, Capability.key_left, "\u001b[D", "\u001bOD");
        bind(Key.HOME, Capability.key_home, "\u001b[H", "\u001bOH", "\u001b[1~", "\u001b[7~", KeyMap.ctrl('A'));
        bind(Key.END, Capability.key_end, "\u001b[F", "\u001bOF", "\u001b[4~", "\u001b[8~", KeyMap.ctrl('E'));
        bind(Key.PAGE_UP, Capability.key_ppage, "\u001b[5~", KeyMap.ctrl('B'));
        bind(Key.PAGE_DOWN, Capability.key_npage, "\u001b[6~", KeyMap.ctrl('F'));
        bind(Key.DELETE, Capability.key_dc, "\u001b[3~", KeyMap.ctrl('D'));
        bind(Key.BACKSPACE, Capability.key_backspace, KeyMap.del(), KeyMap.ctrl('H'));
        bind(Key.ENTER, Capability.key_enter, "\r", "\n");
        keys.bind(Bound.to(Key.TAB), "\t");
        keys.bind(Bound.to(Key.ESCAPE), KeyMap.esc());
        keys.bind(Bound.to(Key.ERASE_LINE), KeyMap.ctrl('U'));
        keys.bind(Bound.to(Key.ERASE_WORD), KeyMap.ctrl('W'));
        keys.bind(Bound.to(Key.REDRAW), KeyMap.ctrl('L'));
        keys.bind(Bound.to(Key.INTERRUPT), KeyMap.ctrl('C'));
        keys.bind(Bound.to(Key.SUSPEND), KeyMap.ctrl('Z'));
    }

    private void bind(Key key, Capability capability, String... more) {
        String sequence = KeyMap.key(terminal, capability);
        if (sequence != null && !sequence.isEmpty()) {
            keys.bind(Bound.to(key), sequence);
        }
        keys.bind(Bound.to(key), more);
    }

    /** Sequences of other keys must not be taken for Escape and some letters. */
    private void bindNothing() {
        for (char last = 'A'; last <= 'Z'; last++) {
            keys.bind(NOTHING, "\u001b[" + last, "\u001bO" + last);
            for (int modifier = 2; modifier <= 8; modifier++) {
                keys.bind(NOTHING, "\u001b[1;" + modifier + last);
            }
        }
        for (int number = 1; number <= 34; number++) {
            keys.bind(NOTHING, "\u001b[" + number + '~');
            for (int modifier = 2; modifier <= 8; modifier++) {
                keys.bind(NOTHING, "\u001b[" + number + ';' + modifier + '~');
            }
        }
    }

    /** Waits for the next that means anything; nothing when the terminal is gone. */
    Optional<Event> read() {
        while (true) {
            Bound bound = reader.readBinding(keys);
            if (bound == null) {
                return Optional.empty();
            }
            Optional<Event> event = event(bound);
            if (event.isPresent()) {
                return event;
            }
        }
    }

    private Optional<Event> event(Bound bound) {
        return switch (bound.sign) {
            case KEY -> key(bound.key);
            case MOUSE -> wheel();
            case NOTHING -> Optional.empty();
        };
    }

    private Optional<Event> key(Key key) {
        if (key != Key.CHARACTER) {
            return Optional.of(Event.Press.of(key));
        }
        int typed = reader.getLastBinding().codePointAt(0);
        return Character.isISOControl(typed) ? Optional.empty() : Optional.of(new Event.Press(key, typed));
    }

    private Optional<Event> wheel() {
        MouseEvent event = terminal.readMouseEvent(reader::readCharacter, reader.getLastBinding());
        return switch (event.getButton()) {
            case WheelUp -> Optional.of(new Event.Wheel(-WHEEL_LINES));
            case WheelDown -> Optional.of(new Event.Wheel(WHEEL_LINES));
            case NoButton, Button1, Button2, Button3 -> Optional.empty();
        };
    }
}
