package lastack.cli.tui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class FoldTest {
    @Test
    void breaksAtBlanksAndIndentsTheRest() {
        assertThat(Fold.lines(List.of("  destroy: lets the kernel destroy it", "short"), 20))
                .containsExactly("  destroy: lets the", "      kernel destroy", "      it", "short");
    }

    @Test
    void breaksAWordThatIsLongerThanTheScreen() {
        assertThat(Fold.lines(List.of("x".repeat(25)), 10))
                .allMatch(line -> line.length() <= 10)
                .hasSize(4);
    }
}
