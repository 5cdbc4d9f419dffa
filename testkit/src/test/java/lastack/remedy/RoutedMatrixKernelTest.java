package lastack.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lastack.kernel.packet.FourTuple;
import lastack.kernel.packet.PacketSocket;
import lastack.kernel.packet.PacketSocket.Direction;
import lastack.kernel.packet.TcpSegment;
import lastack.model.Family;
import lastack.model.TcpState;
import lastack.testkit.ActorSocket;
import lastack.testkit.RoutedPair;
import lastack.testkit.RoutedPair.Ends;
import lastack.testkit.RoutedPair.Translation;
import lastack.testkit.SeenSocket;
import lastack.testkit.Sight;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The methods on a server's sockets whose client is behind a router, which drops what is invalid, without NAT and with every kind of it; and where
 * that client's host has vanished. What the client sees is read there, and captured where it arrives.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RoutedMatrixKernelTest {
    private static final int SEEN_MILLIS = 5_000;
    private static final int NOTHING_SEEN_MILLIS = 100;
    private static final int CAPTURE_MILLIS = 20;

    /**
     * {@code PACKET/SIGHT}: whether a RST, or a first FIN, arrives at the peer's host, and what the peer then sees; {@code unfit}: nobody
     * holds it, or the method does nothing in this state. An orphan can only be reset by asking it, or hearing it, of which the peer
     * sees a bare ACK at most.
     */
    private static final String EXPECTED = """
            state             shutdown destroy    disconnect vanish     reset
            ESTABLISHED       unfit    rst/reset  rst/reset  -/nothing  -/nothing
            FIN_WAIT_1        unfit    rst/reset  rst/reset  -/nothing  -/nothing
            FIN_WAIT_1_ORPHAN unfit    rst/reset  unfit      unfit      -/nothing
            FIN_WAIT_2        unfit    rst/reset  rst/reset  -/end      -/end
            FIN_WAIT_2_ORPHAN unfit    -/end      unfit      unfit      -/end
            CLOSE_WAIT        fin/end  rst/reset  rst/reset  -/nothing  -/nothing
            CLOSING           unfit    -/nothing  -/nothing  -/nothing  -/nothing
            CLOSING_ORPHAN    unfit    -/nothing  unfit      unfit      -/nothing
            LAST_ACK          unfit    -/nothing  -/nothing  -/nothing  -/nothing
            LAST_ACK_ORPHAN   unfit    -/nothing  unfit      unfit      -/nothing
            TIME_WAIT         unfit    -/end      unfit      unfit      -/end
            """;

    private static final Set<String> A_FEW = Set.of("ESTABLISHED", "FIN_WAIT_2_ORPHAN", "CLOSE_WAIT", "TIME_WAIT");

    private final Map<Router, RoutedPair> pairs = new HashMap<>();

    /** What is between the two ends. */
    record Router(Translation nat, Family family) {
        private static final List<Router> ALL = List.of(
                new Router(Translation.NONE, Family.INET),
                new Router(Translation.BOTH, Family.INET),
                new Router(Translation.SOURCE, Family.INET),
                new Router(Translation.DESTINATION, Family.INET),
                new Router(Translation.NONE, Family.INET6),
                new Router(Translation.BOTH, Family.INET6));

        /** Family and one-sided NAT make no difference, so that a few states are enough there; a refusal need be seen only once. */
        private boolean tries(String state, String expected) {
            boolean thoroughly = family == Family.INET && (nat == Translation.NONE || nat == Translation.BOTH);
            return (thoroughly || A_FEW.contains(state)) && (this.equals(ALL.getFirst()) || !expected.equals("unfit"));
        }
    }

    static Stream<Arguments> cells() {
        List<List<String>> lines =
                EXPECTED.lines().map(line -> List.of(line.split(" +"))).toList();
        List<String> methods = lines.getFirst();
        return Router.ALL.stream()
                .flatMap(router -> lines.stream()
                        .skip(1)
                        .flatMap(line -> IntStream.range(1, line.size())
                                .filter(column -> router.tries(line.getFirst(), line.get(column)))
                                .mapToObj(column -> Arguments.of(
                                        router,
                                        line.getFirst(),
                                        Method.named(methods.get(column)).orElseThrow(),
                                        line.get(column)))));
    }

    @ParameterizedTest(name = "{1} by {2}, {0}")
    @MethodSource("cells")
    void doesBehindARouterWhatTheTableSays(Router router, String state, Method method, String expected)
            throws Exception {
        RoutedPair pair = pairs.computeIfAbsent(router, key -> new RoutedPair(key.nat(), key.family()));
        Ends ends = pair.connect();
        SeenSocket stuck = bringTo(state, ends, pair);

        assertThat(measure(pair, ends, stuck, method, expected)).isEqualTo(expected);
    }

    @AfterAll
    void unplug() {
        pairs.values().forEach(RoutedPair::close);
    }

    static Stream<Arguments> vanished() {
        return Stream.of("ESTABLISHED", "FIN_WAIT_2_ORPHAN", "CLOSE_WAIT")
                .flatMap(state -> Stream.of(Method.DESTROY, Method.DISCONNECT, Method.VANISH, Method.RESET)
                        .filter(method ->
                                !state.endsWith("ORPHAN") || method == Method.DESTROY || method == Method.RESET)
                        .map(method -> Arguments.of(state, method)));
    }

    @ParameterizedTest(name = "{0} by {1}")
    @MethodSource("vanished")
    void removesWhatAVanishedHostLeftBehind(String state, Method method) throws Exception {
        try (RoutedPair pair = new RoutedPair(Translation.NONE, Family.INET)) {
            SeenSocket stuck = bringTo(state, pair.connect(), pair);
            pair.unplugClient();

            Result result = remove(pair, stuck, method);

            assertThat(result.outcome()).as(result.why()).isEqualTo(Outcome.REMOVED);
        }
    }

    /** The server's end is the subject. */
    private static SeenSocket bringTo(String state, Ends ends, RoutedPair pair) {
        ActorSocket server = ends.server();
        ActorSocket client = ends.client();
        switch (state) {
            case "ESTABLISHED" -> {}
            case "FIN_WAIT_1" -> {
                client.freeze();
                server.shutdownWrite();
            }
            case "FIN_WAIT_1_ORPHAN" -> {
                client.freeze();
                server.close();
            }
            case "FIN_WAIT_2" -> server.finish();
            case "FIN_WAIT_2_ORPHAN" -> server.close();
            case "CLOSE_WAIT" -> client.finish();
            case "CLOSING" -> {
                client.freeze();
                server.shutdownWrite();
                client.shutdownWrite();
            }
            case "CLOSING_ORPHAN" -> {
                client.freeze();
                server.shutdownWrite();
                server.close();
                client.shutdownWrite();
            }
            case "LAST_ACK" -> {
                client.finish();
                client.freeze();
                server.shutdownWrite();
            }
            case "LAST_ACK_ORPHAN" -> {
                client.finish();
                client.freeze();
                server.close();
            }
            case "TIME_WAIT" -> {
                server.finish();
                client.shutdownWrite();
                server.close();
            }
            default -> throw new IllegalArgumentException(state);
        }
        TcpState wanted = TcpState.valueOf(state.replace("_ORPHAN", ""));
        return pair.server()
                .tcp()
                .await(
                        state,
                        socket -> socket.state() == wanted && socket.id().peer().port() == ends.clientPort());
    }

    private static Result remove(RoutedPair pair, SeenSocket stuck, Method method) throws Exception {
        RemovalOptions options = RemovalOptions.GENTLE.by(method).waiting(Duration.ofSeconds(5));
        return new Attempt(pair.server(), "cookie = " + stuck.id().cookieHex(), options, () -> {}).result();
    }

    private static String measure(RoutedPair pair, Ends ends, SeenSocket stuck, Method method, String expected)
            throws Exception {
        FourTuple toPeer = FourTuple.between(
                ends.towardsClient().source(), ends.towardsClient().destination());
        try (PacketSocket wire =
                pair.client().call(() -> PacketSocket.open(toPeer, Direction.RECEIVED, PacketSocket.EVERY_INTERFACE))) {
            Result result = remove(pair, stuck, method);
            if (result.outcome() == Outcome.REFUSED) {
                return "unfit";
            }
            assertThat(result.outcome()).as(result.why()).isEqualTo(Outcome.REMOVED);
            boolean seen = !expected.endsWith("nothing");
            Sight sight = ends.client().look(seen ? SEEN_MILLIS : NOTHING_SEEN_MILLIS);
            return arrived(wire, hasSentItsFin(stuck)) + "/" + sight.name().toLowerCase(Locale.ROOT);
        }
    }

    private static boolean hasSentItsFin(SeenSocket stuck) {
        return stuck.state() != TcpState.ESTABLISHED && stuck.state() != TcpState.CLOSE_WAIT;
    }

    private static String arrived(PacketSocket wire, boolean finRepeats) throws Exception {
        String arrived = "-";
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CAPTURE_MILLIS);
        for (TcpSegment one = wire.receive(deadline); one != null; one = wire.receive(deadline)) {
            if (one.has(TcpSegment.RST)) {
                return "rst";
            }
            arrived = one.has(TcpSegment.FIN) && !finRepeats ? "fin" : arrived;
        }
        return arrived;
    }
}
