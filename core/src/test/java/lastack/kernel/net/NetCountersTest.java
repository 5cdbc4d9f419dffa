package lastack.kernel.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class NetCountersTest {
    @Test
    void readsWhatTheKernelCountsAndPassesOverWhatIsNoNumber() {
        NetCounters counters = NetCounters.parse(
                List.of("TcpExt: TW ListenDrops", "TcpExt: 12 34", "IpExt: InOctets", "IpExt: odd"),
                List.of("sockets: used 9", "TCP: inuse 5 orphan 1 tw 3"));

        assertThat(counters.byName())
                .containsOnlyKeys(
                        "TcpExt.TW", "TcpExt.ListenDrops", "sockets.used", "TCP.inuse", "TCP.orphan", "TCP.tw");
        assertThat(counters.of("TcpExt.ListenDrops")).isEqualTo(34);
        assertThat(counters.of("TCP.orphan")).isEqualTo(1);
        assertThat(counters.of("TcpExt.ListenOverflows")).isZero();
    }
}
