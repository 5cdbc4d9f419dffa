package lastack.cli.print;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Commands in rows. */
final class ShellLineTest {
    @Test
    void leavesAloneWhatFits() {
        assertThat(ShellLine.rows("lastack close cookie = 1", 24)).containsExactly("lastack close cookie = 1");
    }

    @Test
    void breaksBetweenWordsSoThatAShellTakesThemForOneLine() {
        List<String> rows = ShellLine.rows("lastack close pid = 4711 --by shutdown", 20);

        assertThat(rows).containsExactly("lastack close pid \\", "= 4711 --by shutdown");
        assertThat(rows).allMatch(row -> row.length() <= 20);
    }

    @Test
    void breaksNoQuotedWord() {
        assertThat(ShellLine.rows("lastack close 'entered <= 12345ms' --yes", 20))
                .containsExactly("lastack close \\", "'entered <= 12345ms' \\", "--yes");
    }
}
