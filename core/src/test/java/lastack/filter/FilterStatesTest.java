package lastack.filter;

import static lastack.filter.Sockets.socket;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import lastack.model.TcpState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterStatesTest {
    private static Set<TcpState> states(String text) throws FilterSyntaxException {
        int mask = Filter.parse(text).stateMask();
        Set<TcpState> states = EnumSet.noneOf(TcpState.class);
        for (TcpState state : TcpState.values()) {
            if ((mask & state.bit()) != 0) {
                states.add(state);
            }
        }
        return states;
    }

    @Test
    void wantsEveryStateWhenNoneIsNamed() throws FilterSyntaxException {
        Filter filter = Filter.parse("sport 443");

        assertThat(states("sport 443")).containsExactlyInAnyOrder(TcpState.values());
        assertThat(filter.namesStates()).isFalse();
        assertThat(filter.matches(socket().stateNumber(17).build())).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "close-wait, CLOSE_WAIT",
        "CLOSE_WAIT, CLOSE_WAIT",
        "CloseWait, CLOSE_WAIT",
        "ESTAB, ESTABLISHED",
        "Established, ESTABLISHED",
        "LISTEN, LISTEN",
        "listening, LISTEN",
        "fin-wait-1, FIN_WAIT_1",
        "FIN_WAIT2, FIN_WAIT_2",
        "time-wait, TIME_WAIT",
        "last-ack, LAST_ACK",
        "closing, CLOSING",
        "syn-sent, SYN_SENT",
    })
    void takesAStateInAnySpelling(String name, TcpState expected) throws FilterSyntaxException {
        Set<TcpState> states = states("state " + name);

        assertThat(states).containsExactly(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"unconnected", "closed", "close"})
    void countsSocketsThatAreOnlyBoundAmongTheClosed(String name) throws FilterSyntaxException {
        Set<TcpState> states = states("state " + name);

        assertThat(states).containsExactlyInAnyOrder(TcpState.CLOSED, TcpState.BOUND_INACTIVE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"syn-recv", "SYN_RECV", "syn-rcv", "SynReceived"})
    void meansBothKernelStatesBySynRecv(String name) throws FilterSyntaxException {
        Set<TcpState> states = states("state " + name);

        assertThat(states).containsExactly(TcpState.SYN_RECV, TcpState.NEW_SYN_RECV);
    }

    @Test
    void hasTheGroupsOfSs() throws FilterSyntaxException {
        Set<TcpState> all = EnumSet.allOf(TcpState.class);
        Set<TcpState> unconnected = EnumSet.of(TcpState.LISTEN, TcpState.CLOSED, TcpState.BOUND_INACTIVE);
        Set<TcpState> bucket = EnumSet.of(TcpState.SYN_RECV, TcpState.NEW_SYN_RECV, TcpState.TIME_WAIT);

        assertThat(states("state all")).isEqualTo(all);
        assertThat(states("state connected")).isEqualTo(without(all, unconnected));
        assertThat(states("state synchronized"))
                .isEqualTo(without(without(all, unconnected), EnumSet.of(TcpState.SYN_SENT)));
        assertThat(states("state bucket")).isEqualTo(bucket);
        assertThat(states("state BIG")).isEqualTo(without(all, bucket));
    }

    private static Set<TcpState> without(Set<TcpState> from, Set<TcpState> some) {
        Set<TcpState> rest = EnumSet.copyOf(from);
        rest.removeAll(some);
        return rest;
    }

    @Test
    void addsByStateAndRemovesByExcludeInTheirOrder() throws FilterSyntaxException {
        Set<TcpState> added = states("state close-wait state time-wait");
        Set<TcpState> removed = states("exclude listening excl closed");
        Set<TcpState> mixed = states("state bucket exclude syn-recv state last-ack");

        assertThat(added).containsExactly(TcpState.TIME_WAIT, TcpState.CLOSE_WAIT);
        assertThat(removed).doesNotContain(TcpState.LISTEN, TcpState.CLOSED).contains(TcpState.ESTABLISHED);
        assertThat(mixed).containsExactly(TcpState.TIME_WAIT, TcpState.LAST_ACK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sport = :443 state close-wait",
                "sport = :443 and state close-wait",
                "sport = :443 or sport = :80 state close-wait",
                "( sport = :443 ) exclude established exclude closing",
            })
    void takesStatesBehindAnExpressionForTheWholeOfIt(String text) throws FilterSyntaxException {
        Filter filter = Filter.parse(text);

        assertThat(filter.matches(socket().state(TcpState.CLOSE_WAIT).build())).isTrue();
        assertThat(filter.matches(socket().state(TcpState.ESTABLISHED).build())).isFalse();
        assertThat(filter.matches(socket().local("10.0.0.5", 81)
                        .state(TcpState.CLOSE_WAIT)
                        .build()))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(TcpState.class)
    void matchesOnlySocketsInAWantedState(TcpState state) throws FilterSyntaxException {
        Filter filter = Filter.parse("state close-wait");

        boolean matches = filter.matches(socket().state(state).build());

        assertThat(matches).isEqualTo(state == TcpState.CLOSE_WAIT);
        assertThat(filter.couldMatch(socket().state(state).build())).isEqualTo(matches);
        assertThat(filter.namesStates()).isTrue();
    }

    @Test
    void findsStatesOfLaterKernelsByUnknown() throws FilterSyntaxException {
        Filter filter = Filter.parse("state unknown");

        assertThat(filter.matches(socket().stateNumber(17).build())).isTrue();
        assertThat(filter.matches(socket().build())).isFalse();
    }
}
