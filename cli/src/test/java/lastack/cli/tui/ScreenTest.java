package lastack.cli.tui;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ScreenTest {
    @Test
    void cutsWhatIsBeside() {
        Screen screen = new Screen(5, 2, false);

        screen.put(3, 0, "abc", Ink.PLAIN);
        screen.put(-1, 1, "abc", Ink.PLAIN);
        screen.put(0, 2, "abc", Ink.PLAIN);

        assertThat(screen).hasToString("   ab\nbc\n");
    }

    @Test
    void aNameCannotSteerTheTerminal() {
        Screen screen = new Screen(10, 1, false);

        screen.put(0, 0, "a\u001b[31m\u0007b", Ink.PLAIN);

        assertThat(screen.row(0)).isEqualTo("a?[31m?b");
    }

    @Test
    void wideCharactersTakeTwoColumns() {
        Screen screen = new Screen(10, 1, false);

        int behind = screen.put(0, 0, "日本x", Ink.PLAIN);

        assertThat(behind).isEqualTo(5);
        assertThat(screen.row(0)).isEqualTo("日本x");
        assertThat(screen.character(4, 0)).isEqualTo('x');
    }

    @Test
    void privateCharactersAreNotTakenForLines() {
        Screen screen = new Screen(3, 1, false);

        screen.put(0, 0, "\ue000", Ink.PLAIN);

        assertThat(screen.row(0)).isEqualTo("?");
    }

    @Test
    void asciiIsAscii() {
        Screen screen = new Screen(10, 1, true);

        screen.put(0, 0, "é日x", Ink.PLAIN);

        assertThat(screen.row(0)).isEqualTo("??x");
    }
}
