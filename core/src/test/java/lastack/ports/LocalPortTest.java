package lastack.ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LocalPortTest {
    @ParameterizedTest
    @CsvSource({
        "8080, port 8080",
        ":8080, port 8080",
        "*:8080, port 8080",
        "65535, port 65535",
        "10.0.0.5:80, 10.0.0.5:80",
        "0.0.0.0:80, 0.0.0.0:80",
        "[::1]:80, [::1]:80",
        "::1:80, [::1]:80",
        "[::ffff:10.0.0.5]:80, 10.0.0.5:80"
    })
    void readsAPortWithOrWithoutAnAddress(String text, String shown) {
        assertThat(LocalPort.parse(text)).hasToString(shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "65536", "-1", "+80", "http", "8080:", "80 ", "123456"})
    void refusesWhatIsNoPort(String text) {
        assertThatThrownBy(() -> LocalPort.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is no port; write a number from 1 to 65535");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:80", "[::1:80", "10.0.0.256:80"})
    void neverLooksUpAName(String text) {
        assertThatThrownBy(() -> LocalPort.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is no address");
    }
}
