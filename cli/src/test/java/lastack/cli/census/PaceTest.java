package lastack.cli.census;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PaceTest {
    private long now = Long.MAX_VALUE - 10;
    private final Pace pace = new Pace(() -> now);

    @Test
    void isDueAtFirstAndAgainWhenItTookLittleOfTheTime() {
        assertThat(pace.isDue()).isTrue();

        pace.run(() -> now += 2);

        assertThat(pace.isDue()).isFalse();
        now += 99;
        assertThat(pace.isDue()).isFalse();
        now += 1;
        assertThat(pace.isDue()).isTrue();
    }
}
