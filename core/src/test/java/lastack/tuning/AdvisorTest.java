package lastack.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import lastack.tuning.HostFacts.Destination;
import lastack.tuning.Verdict.Leaning;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class AdvisorTest {
    private static final HostFacts QUIET = facts(0, Map.of());

    private static HostFacts facts(int used, Map<String, Long> counters) {
        Destination busiest = used == 0 ? null : new Destination("10.0.0.5 -> 10.0.0.9:443", used, used - 1);
        return new HostFacts(1_000, busiest, used, 0, 0, 0, 0, List.of(), 0, 10, 262_144, counters);
    }

    private static Verdict verdict(HostFacts facts, Setting setting, String value) {
        return new Advisor(facts).on(setting, value);
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void callsForNothingOnAQuietHost(Setting setting) {
        assertThat(verdict(QUIET, setting, "100").leaning()).isEqualTo(Leaning.NOT_NEEDED);
    }

    @ParameterizedTest
    @CsvSource({"499, NOT_NEEDED", "500, WOULD_HELP", "1000, WOULD_HELP"})
    void reusingHelpsWhenHalfThePortsToOneDestinationAreUsed(int used, Leaning leaning) {
        Verdict verdict = verdict(facts(used, Map.of()), Setting.TCP_TW_REUSE, "2");

        assertThat(verdict.leaning()).isEqualTo(leaning);
        assertThat(verdict.because()).contains(used + " of 1000 ports in use for 10.0.0.5 -> 10.0.0.9:443");
    }

    @Test
    void reusingThatIsOnCannotBeTurnedOnAgain() {
        Verdict verdict = verdict(facts(1_000, Map.of("TcpExt.TWRecycled", 7L)), Setting.TCP_TW_REUSE, "1");

        assertThat(verdict)
                .isEqualTo(new Verdict(Leaning.NOT_NEEDED, "already on: 7 ports were taken over from TIME-WAIT"));
    }

    @ParameterizedTest
    @CsvSource({
        "TCP_MAX_TW_BUCKETS, TcpExt.TCPTimeWaitOverflow, 3 connections were refused",
        "TCP_MAX_SYN_BACKLOG, TcpExt.TCPReqQFullDrop, 3 SYNs were dropped",
        "TCP_MAX_ORPHANS, TcpExt.TCPAbortOnMemory, 3 orphans were reset",
        "TCP_MAX_ORPHANS, TCP.orphan, 3 orphans of at most 5",
    })
    void goesByTheKernelsCounters(Setting setting, String counter, String because) {
        Verdict verdict = verdict(facts(0, Map.of(counter, 3L)), setting, "5");

        assertThat(verdict.leaning()).isEqualTo(Leaning.WOULD_HELP);
        assertThat(verdict.because()).contains(because);
    }

    @Test
    void aLongerQueueHelpsOnlyWhereSomaxconnIsTheLimit() {
        Map<String, Long> overflow = Map.of("TcpExt.ListenOverflows", 4L);
        HostFacts capped = new HostFacts(1, null, 0, 0, 0, 0, 0, List.of(), 2, -1, -1, overflow);

        assertThat(verdict(capped, Setting.SOMAXCONN, "128").leaning()).isEqualTo(Leaning.WOULD_HELP);
        assertThat(verdict(facts(0, overflow), Setting.SOMAXCONN, "128").because())
                .contains("every listener asked for a shorter one");
    }

    @Test
    void namesTheListenerWhosePortConnectCouldTake() {
        HostFacts exposed = new HostFacts(1, null, 0, 0, 0, 0, 0, List.of("0.0.0.0:49201"), 0, -1, -1, Map.of());

        assertThat(verdict(exposed, Setting.IP_LOCAL_RESERVED_PORTS, "").because())
                .contains("reserve the port of 0.0.0.0:49201");
    }
}
