package lastack.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DurationsTest {
    @ParameterizedTest
    @CsvSource({
        "0ms, 0",
        "500ms, 500",
        "30s, 30000",
        "5m, 300000",
        "2h, 7200000",
        "1d, 86400000",
        "007s, 7000",
        "36499d, 3153513600000"
    })
    void readsANumberWithAUnit(String text, long millis) {
        assertThat(Durations.parseMillis(text)).hasValue(millis);
    }

    @ParameterizedTest
    @ValueSource(strings = {"36500d", "999999999999d", "999999999999h"})
    void countsNoFurtherThanAHundredYears(String text) {
        assertThat(Durations.parseMillis(text)).hasValue(36_500L * 24 * 3_600 * 1_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "5", "m", "5x", "5 m", "-5m", "+5m", "5.5m", "5M", "1h30m", "5m ", "1234567890123s", "٥m"})
    void readsNothingElse(String text) {
        assertThat(Durations.parseMillis(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0ms",
        "212, 212ms",
        "999, 999ms",
        "1000, 1.0s",
        "4250, 4.2s",
        "9999, 9.9s",
        "10000, 10s",
        "59999, 59s",
        "60000, 1m00s",
        "185000, 3m05s",
        "3599999, 59m59s",
        "3600000, 1h00m",
        "11520000, 3h12m",
        "86399999, 23h59m",
        "86400000, 1d00h",
        "187200000, 2d04h"
    })
    void showsTheTwoLargestUnits(long millis, String text) {
        assertThat(Durations.format(millis)).isEqualTo(text);
    }
}
