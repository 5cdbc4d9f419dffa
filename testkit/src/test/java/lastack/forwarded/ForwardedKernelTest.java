package lastack.forwarded;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import lastack.filter.Filter;
import lastack.model.Family;
import lastack.model.ForwardedConnection;
import lastack.remedy.Outcome;
import lastack.testkit.Actor;
import lastack.testkit.ActorSocket;
import lastack.testkit.Namespace;
import lastack.testkit.RoutedPair;
import lastack.testkit.RoutedPair.Ends;
import lastack.testkit.RoutedPair.Translation;
import lastack.testkit.Sight;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A router between a client and a server, with and without NAT. */
final class ForwardedKernelTest {
    private static final ForwardedTable TABLE = new ForwardedTable("self");
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MILLIS = 5_000;

    static Stream<Arguments> routers() {
        return Stream.of(Translation.values())
                .flatMap(translation -> Stream.of(Family.values()).map(family -> Arguments.of(translation, family)));
    }

    private static List<ForwardedConnection> list(Namespace router, String... filter) throws Exception {
        Filter parsed = Filter.parseForwarded(List.of(filter));
        return router.call(
                () -> TABLE.snapshot(parsed, EnumSet.allOf(Family.class)).connections());
    }

    private static CutResult cut(Namespace router, int clientPort) throws Exception {
        List<ForwardedConnection> wanted = list(router, "sport = :" + clientPort);
        assertThat(wanted).hasSize(1);
        return router.call(() -> {
            List<CutResult> results = new ArrayList<>();
            TABLE.cut(wanted, PATIENCE, results::add);
            return results.getFirst();
        });
    }

    private static void assertLives(Ends ends) {
        ends.client().send(3);
        assertThat(ends.server().receive(10, MILLIS)).isEqualTo(3);
        ends.server().send(4);
        assertThat(ends.client().receive(10, MILLIS)).isEqualTo(4);
    }

    @ParameterizedTest
    @MethodSource("routers")
    void resetsBothEndsOfOneConnectionAndNoOther(Translation translation, Family family) throws Exception {
        try (RoutedPair pair = new RoutedPair(translation, family)) {
            Ends wanted = pair.connect();
            Ends other = pair.connect();
            assertLives(wanted);

            CutResult result = cut(pair.router(), wanted.clientPort());

            assertThat(result.outcome()).as(result.why()).isEqualTo(Outcome.REMOVED);
            assertThat(result.client()).isEqualTo(EndSight.RESET);
            assertThat(result.server()).isEqualTo(EndSight.RESET);
            assertThat(wanted.client().look(MILLIS)).isEqualTo(Sight.RESET);
            assertThat(wanted.server().look(MILLIS)).isEqualTo(Sight.RESET);
            assertLives(other);
            assertThat(list(pair.router()))
                    .extracting(connection -> connection.client().port())
                    .containsExactly(other.clientPort());
        }
    }

    @ParameterizedTest
    @MethodSource("routers")
    void resetsTheServerWhoseClientHasVanished(Translation translation, Family family) throws Exception {
        try (RoutedPair pair = new RoutedPair(translation, family)) {
            Ends halfOpen = pair.connect();
            pair.unplugClient();

            CutResult result = cut(pair.router(), halfOpen.clientPort());

            assertThat(result.outcome()).as(result.why()).isEqualTo(Outcome.REMOVED);
            assertThat(result.client()).isEqualTo(EndSight.SILENT);
            assertThat(halfOpen.server().look(MILLIS)).isEqualTo(Sight.RESET);
            assertThat(list(pair.router())).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("routers")
    void resetsTheClientWhoseServerHasVanished(Translation translation, Family family) throws Exception {
        try (RoutedPair pair = new RoutedPair(translation, family)) {
            Ends halfOpen = pair.connect();
            pair.unplugServer();

            CutResult result = cut(pair.router(), halfOpen.clientPort());

            assertThat(result.outcome()).as(result.why()).isEqualTo(Outcome.REMOVED);
            assertThat(result.server()).isEqualTo(EndSight.SILENT);
            assertThat(halfOpen.client().look(MILLIS)).isEqualTo(Sight.RESET);
            assertThat(list(pair.router())).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("routers")
    void resetsAServerThatWaitsInCloseWait(Translation translation, Family family) throws Exception {
        try (RoutedPair pair = new RoutedPair(translation, family)) {
            Ends stuck = pair.connect();
            stuck.client().finish();

            List<ForwardedConnection> seen = list(pair.router(), "state", "close-wait");
            CutResult result = cut(pair.router(), stuck.clientPort());

            assertThat(seen).hasSize(1);
            assertThat(result.outcome()).as(result.why()).isEqualTo(Outcome.REMOVED);
            assertThat(stuck.client().look(MILLIS)).isEqualTo(Sight.RESET);
            assertThat(stuck.server().look(MILLIS)).isEqualTo(Sight.RESET);
        }
    }

    /** One pair of ears for all: the second connection is judged by its own answers only. */
    @Test
    void cutsSeveralInOneGo() throws Exception {
        try (RoutedPair pair = new RoutedPair(Translation.BOTH, Family.INET)) {
            List<Ends> all = List.of(pair.connect(), pair.connect(), pair.connect());
            List<ForwardedConnection> seen = list(pair.router());

            List<CutResult> results = new ArrayList<>();
            pair.router().call(() -> {
                TABLE.cut(seen, PATIENCE, results::add);
                return true;
            });

            assertThat(results)
                    .extracting(CutResult::outcome)
                    .containsOnly(Outcome.REMOVED)
                    .hasSize(3);
            assertThat(all).allMatch(ends -> ends.client().look(MILLIS) == Sight.RESET);
            assertThat(all).allMatch(ends -> ends.server().look(MILLIS) == Sight.RESET);
        }
    }

    /** One after the other they would take a second and more each. */
    @Test
    void waitsForSilentEndsTogether() throws Exception {
        try (RoutedPair pair = new RoutedPair(Translation.NONE, Family.INET)) {
            for (int i = 0; i < 8; i++) {
                pair.connect();
            }
            pair.unplugServer();
            List<ForwardedConnection> seen = list(pair.router());
            List<CutResult> results = new ArrayList<>();
            long start = System.nanoTime();

            pair.router().call(() -> {
                TABLE.cut(seen, PATIENCE, results::add);
                return true;
            });

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(6));
            assertThat(results)
                    .extracting(CutResult::outcome)
                    .containsOnly(Outcome.REMOVED)
                    .hasSize(8);
        }
    }

    @Test
    void leavesTheSuccessorAloneThatHasANumberOfItsOwn() throws Exception {
        try (RoutedPair pair = new RoutedPair(Translation.NONE, Family.INET)) {
            int port = pair.connect().clientPort();
            List<ForwardedConnection> seen = list(pair.router());
            Ends successor = successor(pair, port, seen.getFirst());

            List<CutResult> results = new ArrayList<>();
            pair.router().call(() -> {
                TABLE.cut(seen, PATIENCE, results::add);
                return true;
            });

            assertThat(results).extracting(CutResult::outcome).containsExactly(Outcome.ALREADY_GONE);
            assertLives(successor);
        }
    }

    /** Others are connected in between: the kernel's number is that of a piece of memory, which they take. */
    private static Ends successor(RoutedPair pair, int port, ForwardedConnection earlier) throws Exception {
        for (int attempt = 0; attempt < 50; attempt++) {
            cut(pair.router(), port);
            pair.connect();
            Ends next = pair.connectFrom(port);
            if (!list(pair.router(), "sport = :" + port).getFirst().isSameAs(earlier)) {
                return next;
            }
        }
        throw new AssertionError("always the same number");
    }

    @Test
    void leavesConnectionsOfTheRouterItselfToTheSocketMethods() throws Exception {
        try (RoutedPair pair = new RoutedPair(Translation.NONE, Family.INET);
                Actor actor = Actor.in(pair.router())) {
            ActorSocket own = actor.socket(Family.INET);
            int port = own.connect("10.77.2.2", 8_000);

            List<ForwardedConnection> seen = list(pair.router());
            List<CutResult> plan = pair.router().call(() -> TABLE.plan(seen, 1));
            CutResult result = cut(pair.router(), port);

            assertThat(plan).extracting(CutResult::outcome).containsExactly(Outcome.SKIPPED);
            assertThat(result.outcome()).isEqualTo(Outcome.SKIPPED);
            assertThat(result.why()).contains("socket of this host");
            assertThat(own.look(0)).isEqualTo(Sight.NOTHING);
        }
    }

    @Test
    void listsNothingWhereNoRuleNeedsConntrack() throws Exception {
        try (Namespace namespace = Namespace.open()) {
            assertThat(list(namespace)).isEmpty();
        }
    }
}
