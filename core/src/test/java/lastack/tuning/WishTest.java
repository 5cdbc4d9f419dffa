package lastack.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WishTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "tcp_tw_reuse=1",
                "net.ipv4.tcp_tw_reuse=1",
                "net/ipv4/tcp_tw_reuse=1",
                "tcp_tw_reuse = 1",
                "tcp_tw_reuse=01"
            })
    void understandsEverySpellingOfANameAndANumber(String word) throws InvalidSettingException {
        assertThat(Wish.parse(List.of(word))).containsExactly(new Wish(Setting.TCP_TW_REUSE, "1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ip_local_port_range=15000-60999 | 15000 60999",
                "ip_local_port_range=15000 60999 | 15000 60999",
                "ip_local_port_range=15000, 60999 | 15000 60999",
                "ip_local_reserved_ports=8080,9000-9099 | 8080,9000-9099",
                "ip_local_reserved_ports=8080, 81-81 | 81,8080",
                "ip_local_reserved_ports=8080,8081 | 8080-8081",
                "ip_local_reserved_ports=9005-9010,80,9000-9006,9001 | 80,9000-9010",
                "somaxconn=65535 | 65535",
                "nf_conntrack_tcp_timeout_established=86400 | 86400",
            })
    void bringsValuesIntoTheOneSpelling(String word, String normal) throws InvalidSettingException {
        assertThat(Wish.parse(List.of(word)).getFirst().value()).isEqualTo(normal);
    }

    @Test
    void takesAnEmptyListOfPorts() throws InvalidSettingException {
        assertThat(Wish.parse(List.of("ip_local_reserved_ports=")).getFirst().value())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "tcp_tw_reuse=3,from 0 to 2",
        "tcp_tw_reuse=-1,from 0 to 2",
        "tcp_tw_reuse=,from 0 to 2",
        "tcp_tw_reuse,has no value",
        "tcp_fin_timeout=60s,a number of seconds",
        "tcp_fin_timeout=99999999999999999999,a number of seconds",
        "ip_local_port_range=60999-15000,a first and a last port",
        "ip_local_port_range=0-70000,a first and a last port",
        "ip_local_port_range=15000,a first and a last port",
        "ip_local_reserved_ports=80-,a list of ports",
        "ip_local_reserved_ports=80-70-60,a list of ports",
        "tcp_tw_reuze=1,is no setting",
        "net.ipv6.tcp_tw_reuse=1,is no setting",
        "=1,is no setting",
    })
    void refusesWhatCannotBeAndSaysWhatCan(String word, String message) {
        assertThatThrownBy(() -> Wish.parse(List.of(word)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp_tw_recycle=1", "net.ipv4.tcp_tw_recycle=0", "tcp_tw_recycle"})
    void saysWhatBecameOfRecycling(String word) {
        assertThatThrownBy(() -> Wish.parse(List.of(word)))
                .hasMessage("tcp_tw_recycle was removed in Linux 4.12: it broke clients behind NAT; use tcp_tw_reuse");
    }

    @Test
    void refusesTheSameSettingTwice() {
        assertThatThrownBy(() -> Wish.parse(List.of("tcp_rfc1337=1", "net.ipv4.tcp_rfc1337=0")))
                .hasMessage("tcp_rfc1337 is named twice");
    }
}
