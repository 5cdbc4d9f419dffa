package lastack.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class EndpointTest {
    private static final IpAddress V4 = IpAddress.v4(0x0A00_0001);
    private static final IpAddress V6 = IpAddress.v6(0xFE80_0000_0000_0000L, 1);

    @Test
    void isWrittenAsSsWritesIt() {
        assertThat(new Endpoint(V4, 80)).hasToString("10.0.0.1:80");
        assertThat(new Endpoint(V6, 65_535)).hasToString("[fe80::1]:65535");
        assertThat(new Endpoint(IpAddress.ANY_V4, 0)).hasToString("0.0.0.0:*");
        assertThat(new Endpoint(V4, 80, "eth0")).hasToString("10.0.0.1%eth0:80");
        assertThat(new Endpoint(V6, 80, "eth0")).hasToString("[fe80::1]%eth0:80");
    }

    @Test
    void isTheSameOnlyOnTheSameDevice() {
        assertThat(new Endpoint(V4, 80)).isEqualTo(new Endpoint(V4, 80, null)).isNotEqualTo(new Endpoint(V4, 80, "lo"));
    }
}
