package lastack.kernel.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TcpCountersTest {
    @Test
    void readsTheNumberBelowTheName() {
        TcpCounters counters = TcpCounters.parse(List.of(
                "TcpExt: SyncookiesSent ListenOverflows ListenDrops",
                "TcpExt: 1 20 300",
                "IpExt: InNoRoutes",
                "IpExt: 4"));

        assertThat(counters.of("ListenOverflows")).isEqualTo(20);
        assertThat(counters.of("ListenDrops")).isEqualTo(300);
        assertThat(counters.of("InNoRoutes")).isZero();
    }
}
