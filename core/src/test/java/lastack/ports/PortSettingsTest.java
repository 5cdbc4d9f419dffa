package lastack.ports;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PortSettingsTest {
    private static final PortSettings USUAL = new PortSettings(1024, 32_768, 60_999, "40000,40010-40020");

    @ParameterizedTest
    @ValueSource(ints = {1, 80, 1023})
    void tellsOfPrivilegedPorts(int port) {
        assertThat(USUAL.remarks(port)).singleElement().asString().contains("CAP_NET_BIND_SERVICE");
    }

    @ParameterizedTest
    @ValueSource(ints = {40_000, 40_010, 40_020})
    void tellsThatAReservationDoesNotHinder(int port) {
        assertThat(USUAL.remarks(port)).singleElement().asString().contains("reserved", "never hinders a bind");
    }

    @ParameterizedTest
    @ValueSource(ints = {32_768, 40_001, 60_999})
    void tellsThatTheKernelMayChooseIt(int port) {
        assertThat(USUAL.remarks(port)).singleElement().asString().contains("ip_local_port_range is 32768 to 60999");
    }

    @ParameterizedTest
    @ValueSource(ints = {1024, 8080, 32_767, 61_000})
    void hasNothingToSayOfOthers(int port) {
        assertThat(USUAL.remarks(port)).isEmpty();
    }

    @Test
    void hasNothingToSayWhereNothingIsReserved() {
        assertThat(new PortSettings(0, 32_768, 60_999, "").remarks(80)).isEmpty();
    }
}
