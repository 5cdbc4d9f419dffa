package lastack.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The methods on a server's sockets whose client is behind a router, which drops what is invalid, without NAT and with it; and where
 * that client's host has vanished. What the server's host sends is captured where it leaves, what the client sees is read there.
 */
final class RoutedMatrixKernelTest {
    private static final int SEEN_MILLIS = 5_000;
    private static final int NOTHING_SEEN_MILLIS = 200;
    private static final int CAPTURE_MILLIS = 100;

    /**
     * {@code PACKETS/SIGHT}: whether a RST leaves the host for the peer, and what the peer then sees; {@code unfit}: nobody holds it.
     * An orphan can only be reset by asking it, of which the peer sees a bare ACK at most.
     */
    private static final String EXPECTED = """
            state          destroy    disconnect vanish     reset
            ESTABLISHED    rst/reset  rst/reset  -/nothing  -/nothing
            FIN_WAIT_1     rst/reset  rst/reset  -/nothing  -/nothing
            FIN_WAIT_2     rst/reset  rst/reset  -/end      -/end
            FIN_WAIT_2_ORPHAN -/end   unfit      unfit      -/end
            CLOSE_WAIT     rst/reset  rst/reset  -/nothing  -/nothing
            CLOSING        -/nothing  -/nothing  -/nothing  -/nothing
            LAST_ACK       -/nothing  -/nothing  -/nothing  -/nothing
            TIME_WAIT      -/end      unfit      unfit      -/end
            """;

    static Stream<Arguments> cells() {
        List<List<String>> lines =
                EXPECTED.lines().map(line -> List.of(line.split(" +"))).toList();
        List<String> methods = lines.getFirst();
        return Stream.of(Translation.NONE, Translation.BOTH)
                .flatMap(nat -> lines.stream()
                        .skip(1)
                        .flatMap(line -> Stream.iterate(1, column -> column < line.size(), column -> column + 1)
                                .map(column -> Arguments.of(
                                        nat,
                                        line.getFirst(),
                                        Method.named(methods.get(column)).orElseThrow(),
                                        line.get(column)))));
    }

    @ParameterizedTest(name = "{1} by {2}, NAT {0}")
    @MethodSource("cells")
    void doesBehindARouterWhatTheTableSays(Translation nat, String state, Method method, String expected)
            throws Exception {
        try (RoutedPair pair = new RoutedPair(nat, Family.INET)) {
            Ends ends = pair.connect();
            SeenSocket stuck = bringTo(state, ends, pair);

            assertThat(measure(pair, ends, stuck, method, expected)).isEqualTo(expected);
        }
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
            case "FIN_WAIT_2" -> server.finish();
            case "FIN_WAIT_2_ORPHAN" -> server.close();
            case "CLOSE_WAIT" -> client.finish();
            case "CLOSING" -> {
                client.freeze();
                server.shutdownWrite();
                client.shutdownWrite();
            }
            case "LAST_ACK" -> {
                client.finish();
                client.freeze();
                server.shutdownWrite();
            }
            case "TIME_WAIT" -> {
                server.finish();
                client.shutdownWrite();
                server.close();
            }
            default -> throw new IllegalArgumentException(state);
        }
        TcpState wanted = TcpState.valueOf(state.replace("_ORPHAN", ""));
        return pair.server().tcp().await(state, socket -> socket.state() == wanted);
    }

    private static Result remove(RoutedPair pair, SeenSocket stuck, Method method) throws Exception {
        RemovalOptions options = RemovalOptions.GENTLE.by(method).waiting(Duration.ofSeconds(5));
        return new Attempt(pair.server(), "cookie = " + stuck.id().cookieHex(), options, () -> {}).result();
    }

    private static String measure(RoutedPair pair, Ends ends, SeenSocket stuck, Method method, String expected)
            throws Exception {
        FourTuple toPeer = FourTuple.between(stuck.id().local(), stuck.id().peer());
        try (PacketSocket wire =
                pair.server().call(() -> PacketSocket.open(toPeer, Direction.SENT, PacketSocket.EVERY_INTERFACE))) {
            Result result = remove(pair, stuck, method);
            if (result.outcome() == Outcome.REFUSED) {
                return "unfit";
            }
            assertThat(result.outcome()).as(result.why()).isEqualTo(Outcome.REMOVED);
            boolean seen = !expected.endsWith("nothing");
            Sight sight = ends.client().look(seen ? SEEN_MILLIS : NOTHING_SEEN_MILLIS);
            return sent(wire) + "/" + sight.name().toLowerCase(Locale.ROOT);
        }
    }

    private static String sent(PacketSocket wire) throws Exception {
        String sent = "-";
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CAPTURE_MILLIS);
        for (TcpSegment one = wire.receive(deadline); one != null; one = wire.receive(deadline)) {
            sent = one.has(TcpSegment.RST) ? "rst" : sent;
        }
        return sent;
    }
}
