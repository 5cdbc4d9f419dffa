package lastack.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import lastack.filter.Filter;
import lastack.model.TcpSocket;
import lastack.options.OptionChange.Outcome;
import lastack.sockets.Query;
import lastack.sockets.SocketTable;
import lastack.testkit.Namespace;
import lastack.testkit.Recipe;
import lastack.testkit.Sight;
import lastack.testkit.Situation;
import lastack.testkit.TcpSituations;
import lastack.testkit.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Options on sockets that another process holds. */
final class OptionSetterKernelTest {
    private final TcpSituations tcp = TcpSituations.on(Wire.V4_LOOPBACK);

    @AfterEach
    void close() {
        tcp.close();
    }

    @Test
    void startsTheKeepaliveTimerOfAConnection() throws Exception {
        Situation rest = tcp.established();

        List<OptionChange> changes = set(rest, "keepalive=60s:10s:6");

        assertThat(changes).extracting(OptionChange::outcome).containsExactly(Outcome.CHANGED);
        assertThat(changes.getFirst().before()).isEqualTo("off");
        assertThat(changes.getFirst().after()).isEqualTo("60s:10s:6");
        assertThat(ss(rest)).containsPattern("timer:\\(keepalive,[56]\\d");
    }

    @Test
    void lingerOfZeroMakesTheProgramsOwnCloseAReset() throws Exception {
        Situation rest = tcp.established();

        set(rest, "linger=0");
        rest.holder().close();

        assertThat(rest.peerSees()).isEqualTo(Sight.RESET);
    }

    @Test
    void finTimeoutShortensWhatIsLeftAfterClose() throws Exception {
        Situation rest = tcp.established();

        set(rest, "fin-timeout=1s");
        rest.holder().close();

        rest.awaitGone();
    }

    @Test
    void finTimeoutGoesBackToTheDefault() throws Exception {
        Situation rest = tcp.established();
        set(rest, "fin-timeout=5s");

        List<OptionChange> back = set(rest, "fin-timeout=default");
        List<OptionChange> again = set(rest, "fin-timeout=default");

        assertThat(back).extracting(OptionChange::outcome).containsExactly(Outcome.CHANGED);
        assertThat(back.getFirst().after()).isEqualTo("60s");
        assertThat(again).extracting(OptionChange::outcome).containsExactly(Outcome.UNCHANGED);
    }

    @Test
    void keepaliveEndsACloseWaitWhosePeerIsDead() throws Exception {
        Situation stuck = tcp.make(Recipe.CLOSE_WAIT_PEER_DEAF);

        set(stuck, "keepalive=1s:1s:1");

        stuck.awaitGone();
    }

    @Test
    void changesNothingTwice() throws Exception {
        Situation rest = tcp.established();
        set(rest, "user-timeout=30s");

        List<OptionChange> again = set(rest, "user-timeout=30s");

        assertThat(again).extracting(OptionChange::outcome).containsExactly(Outcome.UNCHANGED);
    }

    @Test
    void onlyReadsForAPreview() throws Exception {
        Situation rest = tcp.established();

        List<OptionChange> first = preview(rest, "linger=0");
        List<OptionChange> second = preview(rest, "linger=0");

        assertThat(first).extracting(OptionChange::outcome).containsExactly(Outcome.PLANNED);
        assertThat(second).extracting(OptionChange::before).containsExactly("off");
    }

    @Test
    void leavesAListenerAloneButForReuseaddr() throws Exception {
        Situation listener = tcp.listen();

        List<OptionChange> changes = set(listener, "linger=0", "reuseaddr=on");

        assertThat(changes).extracting(OptionChange::outcome).first().isEqualTo(Outcome.SKIPPED);
        assertThat(changes.get(1).after()).isEqualTo("on");
    }

    @Test
    void leavesAloneWhatStoppedMatching() throws Exception {
        Situation rest = tcp.established();
        Filter filter =
                Filter.parse("state established sport = :" + rest.id().local().port());
        List<OptionChange> changes = new ArrayList<>();

        try (SocketTable table = table()) {
            TcpSocket seen = table.snapshot(Query.of(filter)).sockets().getFirst();
            rest.peer().finish();
            setter(table, filter, "linger=0").set(seen, changes::add);
        }

        assertThat(changes).extracting(OptionChange::outcome).containsExactly(Outcome.SKIPPED);
        assertThat(changes.getFirst().why()).contains("CLOSE-WAIT");
    }

    @Test
    void neverTouchesAnotherSocketOnTheSameDescriptor() throws Exception {
        Situation rest = tcp.established();
        Situation other = tcp.established();
        Filter filter = Filter.parse("sport = :" + rest.id().local().port());
        List<OptionChange> changes = new ArrayList<>();

        try (SocketTable table = table()) {
            TcpSocket seen = table.snapshot(Query.of(filter)).sockets().stream()
                    .filter(socket -> socket.id().equals(rest.id()))
                    .findFirst()
                    .orElseThrow();
            TcpSocket reused = seen.withOwners(table.snapshot(
                            Query.of(Filter.parse("cookie = " + other.id().cookieHex())))
                    .sockets()
                    .getFirst()
                    .owners());
            setter(table, filter, "linger=0").set(reused, changes::add);
        }

        assertThat(changes).extracting(OptionChange::outcome).containsExactly(Outcome.ALREADY_GONE);
        assertThat(preview(other, "linger=0")).extracting(OptionChange::before).containsExactly("off");
    }

    @ParameterizedTest
    @EnumSource(
            value = Recipe.class,
            names = {"TIME_WAIT", "FIN_WAIT_2", "CLOSE_WAIT_UNACCEPTED", "CLOSE_WAIT_IN_FLIGHT"})
    void saysWhyASocketThatNobodyHoldsCannotBeReached(Recipe recipe) throws Exception {
        Situation orphan = tcp.make(recipe);

        List<OptionChange> changes = set(orphan, "linger=0");

        assertThat(changes).extracting(OptionChange::outcome).containsExactly(Outcome.REFUSED);
        assertThat(changes.getFirst().why()).contains("descriptor");
        assertThat(changes.getFirst().lacksPermission()).isFalse();
    }

    private List<OptionChange> set(Situation situation, String... options) throws Exception {
        List<OptionChange> changes = new ArrayList<>();
        Filter filter = Filter.parse("cookie = " + situation.id().cookieHex());
        try (SocketTable table = table()) {
            for (TcpSocket socket : table.snapshot(Query.of(filter)).sockets()) {
                setter(table, filter, options).set(socket, changes::add);
            }
        }
        return changes;
    }

    private List<OptionChange> preview(Situation situation, String... options) throws Exception {
        Filter filter = Filter.parse("cookie = " + situation.id().cookieHex());
        try (SocketTable table = table()) {
            TcpSocket socket = table.snapshot(Query.of(filter)).sockets().getFirst();
            return setter(table, filter, options).preview(socket);
        }
    }

    private static OptionSetter setter(SocketTable table, Filter filter, String... options)
            throws OptionSyntaxException {
        List<SocketOption> parsed = new ArrayList<>();
        for (String option : options) {
            parsed.add(SocketOption.parse(option));
        }
        return new OptionSetter(table, filter, parsed, false, false);
    }

    private SocketTable table() throws Exception {
        Namespace here = tcp.here();
        return here.call(SocketTable::open);
    }

    private String ss(Situation situation) {
        return tcp.here()
                .exec("ss", "-Htano", "sport = :" + situation.id().local().port());
    }
}
