package lastack.cli.tui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class GlyphsTest {
    private static final Glyphs UNICODE = new Glyphs(false);
    private static final Glyphs ASCII = new Glyphs(true);

    @Test
    void trendsRiseFromTheLeft() {
        assertThat(UNICODE.sparkline(10, List.of(0, 1, 3, 7))).isEqualTo("       ▂▄█");
        assertThat(ASCII.sparkline(5, List.of(0, 1, 3, 7))).isEqualTo("  .=#");
    }

    @Test
    void whatDoesNotChangeIsHalfHigh() {
        assertThat(UNICODE.sparkline(3, List.of(5, 5, 5))).isEqualTo("▄▄▄");
        assertThat(UNICODE.sparkline(3, List.of(0, 0, 0))).isBlank();
    }

    @Test
    void onlyTheLastLooksAreShown() {
        assertThat(UNICODE.sparkline(2, List.of(100, 1, 1))).isEqualTo("▄▄");
        assertThat(UNICODE.sparkline(2, List.of())).isEqualTo("  ");
    }

    @Test
    void whatIsCutKeepsItsPort() {
        assertThat(UNICODE.cut("192.168.100.200:65535", 15, 6)).isEqualTo("192.168.…:65535");
        assertThat(UNICODE.cut("short", 15, 6)).isEqualTo("short");
    }

    @Test
    void countsFitTheirRoom() {
        assertThat(Glyphs.count(99_999, 7)).isEqualTo("99,999");
        assertThat(Glyphs.count(12_345_678, 7)).isEqualTo("12.3M");
    }
}
