package lastack.cli.census;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PaceTest {
    private long now = Long.MAX_VALUE - 10;
    private long worked = 5;

    @Test
    void isDueAtFirstAndAgainWhenItTookLittleOfTheProcessor() {
        Pace pace = new Pace(() -> now, () -> worked);
        assertThat(pace.isDue()).isTrue();

        pace.run(() -> {
            now += 1_000;
            worked += 2;
        });

        assertThat(pace.isDue()).isFalse();
        now += 99;
        assertThat(pace.isDue()).isFalse();
        now += 1;
        assertThat(pace.isDue()).isTrue();
    }

    @Test
    void theTimeThatPassedMustDoWhereTheKernelDoesNotCount() {
        Pace pace = new Pace(() -> now, () -> -1);

        pace.run(() -> now += 2);

        assertThat(pace.isDue()).isFalse();
        now += 100;
        assertThat(pace.isDue()).isTrue();
    }

    @Test
    void isNeverPutOffForLong() {
        Pace pace = new Pace(() -> now, () -> worked);

        pace.run(() -> worked += 60_000_000_000L);

        now += 3_000_000_000L;
        assertThat(pace.isDue()).isTrue();
    }
}
