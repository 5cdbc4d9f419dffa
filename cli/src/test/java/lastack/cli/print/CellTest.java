package lastack.cli.print;

import static org.assertj.core.api.Assertions.assertThat;

import lastack.model.Age;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CellTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0ms",
        "999, 999ms",
        "4200, 4.2s",
        "59999, 59s",
        "185000, 3m05s",
        "11520000, 3h12m",
        "187200000, 2d04h"
    })
    void agesAreShort(long millis, String shown) {
        assertThat(Cell.age(new Age(millis, Age.Source.TIMER, Age.Bound.EXACT))).isEqualTo(shown);
    }

    @Test
    void boundsOfAnAgeAreMarked() {
        assertThat(Cell.age(new Age(11_520_000, Age.Source.LAST_ACK, Age.Bound.AT_LEAST)))
                .isEqualTo(">3h12m");
        assertThat(Cell.age(new Age(11_520_000, Age.Source.LAST_ACK, Age.Bound.AT_MOST)))
                .isEqualTo("<3h12m");
        assertThat(Cell.age(null)).isEqualTo("-");
    }
}
