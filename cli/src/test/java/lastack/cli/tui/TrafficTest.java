package lastack.cli.tui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lastack.cli.census.Flows;
import lastack.cli.census.Look;
import lastack.model.TcpState;
import org.junit.jupiter.api.Test;

final class TrafficTest {
    private static Traffic traffic(double seconds, TcpState from, TcpState to, int count) {
        Flows flows = new Flows();
        flows.add(from, to, count);
        return Traffic.of(new Look(
                Look.NONE.counts(),
                Look.NONE.oldest(),
                flows,
                false,
                seconds,
                List.of(),
                List.of(),
                0,
                true,
                List.of(),
                List.of()));
    }

    @Test
    void countsPerSecond() {
        Traffic traffic = traffic(2, TcpState.ESTABLISHED, TcpState.CLOSE_WAIT, 10);

        assertThat(traffic.perSecond(TcpState.ESTABLISHED, TcpState.CLOSE_WAIT)).isEqualTo(5);
        assertThat(traffic.perSecond(TcpState.CLOSE_WAIT, TcpState.LAST_ACK)).isZero();
    }

    @Test
    void goesTheWholeWayBetweenTwoLooks() {
        Traffic traffic = traffic(1, TcpState.ESTABLISHED, TcpState.TIME_WAIT, 3);

        assertThat(traffic.perSecond(TcpState.ESTABLISHED, TcpState.FIN_WAIT_1)).isEqualTo(3);
        assertThat(traffic.perSecond(TcpState.FIN_WAIT_1, TcpState.FIN_WAIT_2)).isEqualTo(3);
        assertThat(traffic.perSecond(TcpState.FIN_WAIT_2, TcpState.TIME_WAIT)).isEqualTo(3);
        assertThat(traffic.perSecond(TcpState.TIME_WAIT, TcpState.CLOSED)).isZero();
    }

    @Test
    void aServersConnectionComesFromItsListenerAndAClientsFromNowhere() {
        assertThat(traffic(1, TcpState.LISTEN, TcpState.ESTABLISHED, 1)
                        .perSecond(TcpState.SYN_RECV, TcpState.ESTABLISHED))
                .isEqualTo(1);
        assertThat(traffic(1, TcpState.CLOSED, TcpState.ESTABLISHED, 1)
                        .perSecond(TcpState.SYN_SENT, TcpState.ESTABLISHED))
                .isEqualTo(1);
    }

    /** It may have been a reset. */
    @Test
    void whatEndsFromTheMiddleIsNotGuessedAbout() {
        Traffic traffic = traffic(1, TcpState.ESTABLISHED, TcpState.CLOSED, 7);

        assertThat(traffic.counts()).isEmpty();
    }

    /** As after the process was stopped, or where the clock stood still. */
    @Test
    void withoutTimeThereIsNoRate() {
        assertThat(traffic(0, TcpState.ESTABLISHED, TcpState.CLOSE_WAIT, 7)
                        .perSecond(TcpState.ESTABLISHED, TcpState.CLOSE_WAIT))
                .isZero();
    }
}
