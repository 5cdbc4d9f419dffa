package lastack.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SocketOptionTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "keepalive=on",
                "keepalive=off",
                "keepalive=60s",
                "keepalive=60s:10s",
                "keepalive=60s:10s:6",
                "keepalive=32767s:32767s:127",
                "user-timeout=30s",
                "user-timeout=1500ms",
                "user-timeout=off",
                "linger=off",
                "linger=0",
                "linger=5",
                "fin-timeout=1s",
                "fin-timeout=120s",
                "fin-timeout=default",
                "reuseaddr=on",
                "reuseaddr=off"
            })
    void writesWhatItReads(String text) throws OptionSyntaxException {
        SocketOption option = SocketOption.parse(text);

        assertThat(option.name() + "=" + option.value()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "keepalive=1m:1m, 60s:60s",
        "keepalive=1000ms, 1s",
        "user-timeout=1m, 60s",
        "linger=2m, 120",
        "fin-timeout=1m, 60s"
    })
    void readsTimesInAnyUnit(String text, String value) throws OptionSyntaxException {
        assertThat(SocketOption.parse(text).value()).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "keepalive            | keepalive needs a value: keepalive= on, off or IDLE[:INTERVAL[:PROBES]] such as 60s:10s:6",
                "keepalive=           | keepalive=: expected on, off or IDLE[:INTERVAL[:PROBES]] such as 60s:10s:6",
                "keepalive=yes        | keepalive=yes: expected on, off or IDLE[:INTERVAL[:PROBES]] such as 60s:10s:6",
                "keepalive=60         | keepalive=60: expected on, off or IDLE[:INTERVAL[:PROBES]] such as 60s:10s:6",
                "keepalive=1s:1s:1:1  | keepalive=1s:1s:1:1: expected on, off or IDLE[:INTERVAL[:PROBES]] such as 60s:10s:6",
                "keepalive=1s:1s:128  | keepalive=1s:1s:128: out of range, the kernel takes 1 to 127",
                "keepalive=0s         | keepalive=0s: out of range, the kernel takes 1s to 32767s",
                "keepalive=500ms      | keepalive=500ms: the kernel takes whole seconds only",
                "user-timeout=30      | user-timeout=30: expected off or a time such as 30s",
                "user-timeout=30d     | user-timeout=30d: out of range, the kernel takes 1ms to 2147483647ms",
                "linger=on            | linger=on: expected off or seconds, 0 for a reset",
                "linger=-1            | linger=-1: expected off or seconds, 0 for a reset",
                "linger=2d            | linger=2d: out of range, the kernel takes 0s to 86400s",
                "fin-timeout=0s       | fin-timeout=0s: out of range, the kernel takes 1s to 120s",
                "fin-timeout=121s     | fin-timeout=121s: out of range, the kernel takes 1s to 120s",
                "reuseaddr=1          | reuseaddr=1: expected on or off",
                "nodelay=on           | no such socket option: nodelay; known are [keepalive, user-timeout, linger, fin-timeout, reuseaddr]",
                "=on                  | no such socket option: ; known are [keepalive, user-timeout, linger, fin-timeout, reuseaddr]",
            })
    void saysWhatItExpected(String text, String message) {
        assertThatThrownBy(() -> SocketOption.parse(text))
                .isInstanceOf(OptionSyntaxException.class)
                .hasMessage(message);
    }

    @Test
    void keepaliveIsInASocketWhateverTimesWereNotAskedFor() throws OptionSyntaxException {
        SocketOption read = new Keepalive(true, 60, 75, 9);

        assertThat(SocketOption.parse("keepalive=on").isIn(read)).isTrue();
        assertThat(SocketOption.parse("keepalive=60s").isIn(read)).isTrue();
        assertThat(SocketOption.parse("keepalive=60s:10s").isIn(read)).isFalse();
        assertThat(SocketOption.parse("keepalive=off").isIn(read)).isFalse();
    }
}
