package lastack.cli.tui;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LineTest {
    private static Line after(Line line, Key... keys) {
        Line now = line;
        for (Key key : keys) {
            now = now.after(Event.Press.of(key));
        }
        return now;
    }

    @ParameterizedTest
    @CsvSource({
        "'sta', 'state '",
        "'state clo', 'state clos'",
        "'state close', 'state close'",
        "'state close-', 'state close-wait '",
        "'not (dp', 'not (dport '",
        "'sport ', 'sport '",
        "'dst 10.0.0.', 'dst 10.0.0.'",
        "'', ''",
    })
    void tabCompletesAsFarAsItIsCertain(String typed, String completed) {
        assertThat(after(Line.of(typed), Key.TAB).text()).isEqualTo(completed);
    }

    @Test
    void editsInTheMiddle() {
        Line line = after(Line.of("sport = :80"), Key.HOME, Key.DELETE).after(Event.Press.of('d'));

        assertThat(line).isEqualTo(new Line("dport = :80", 1));
    }

    @Test
    void erasesAWordAndTheLine() {
        Line line = after(Line.of("state close-wait "), Key.ERASE_WORD);

        assertThat(line).isEqualTo(Line.of("state "));
        assertThat(after(line, Key.ERASE_LINE)).isEqualTo(Line.of(""));
    }

    @Test
    void staysWithinItsEnds() {
        assertThat(after(Line.of(""), Key.LEFT, Key.BACKSPACE, Key.RIGHT, Key.DELETE))
                .isEqualTo(Line.of(""));
    }
}
