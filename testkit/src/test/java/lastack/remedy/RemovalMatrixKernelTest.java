package lastack.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import lastack.model.TcpState;
import lastack.testkit.Holding;
import lastack.testkit.Recipe;
import lastack.testkit.Sight;
import lastack.testkit.Situation;
import lastack.testkit.TcpSituations;
import lastack.testkit.Wire;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every method on every situation, for real: what becomes of the socket, what its peer sees, whether the descriptor is free. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RemovalMatrixKernelTest {
    /** What is expected gets time on a busy machine; that something does not happen is believed sooner. */
    private static final Duration UNTIL_GONE = Duration.ofSeconds(5);

    private static final Duration STILL_THERE = Duration.ofMillis(500);
    private static final int UNTIL_SEEN_MILLIS = 2_000;
    private static final int NOTHING_SEEN_MILLIS = 100;
    private static final Path REPORT = Path.of("target", "removal-matrix.txt");

    /**
     * {@code STATE:SIGHT}: the socket's state at the last look ({@code gone} when it is none), and what the peer then sees;
     * no sight where there is no connected peer. {@code +fd}: the descriptor is free. {@code -}: no method fits.
     */
    private static final String EXPECTED = """
            situation              shutdown         disconnect   destroy      reset        vanish       park                fd                     term                   kill
            ESTABLISHED            -                gone:reset   gone:reset   gone:nothing gone:nothing gone:reset+fd       FIN-WAIT-2:end+fd      FIN-WAIT-2:end+fd      FIN-WAIT-2:end+fd
            ESTABLISHED_UNACCEPTED -                -            gone:reset   gone:nothing -            -                   -                      -                      -
            ESTABLISHED_IN_FLIGHT  -                -            gone:reset   gone:nothing -            -                   -                      -                      -
            LISTEN                 gone             gone         gone         -            -            gone+fd             gone+fd                gone+fd                gone+fd
            SYN_SENT               gone             gone         gone         gone         gone         gone+fd             gone+fd                gone+fd                gone+fd
            SYN_RECV               -                -            gone:nothing gone:nothing -            -                   -                      -                      -
            CLOSE_WAIT             gone:end         gone:reset   gone:reset   gone:nothing gone:nothing gone:end+fd         gone:end+fd            gone:end+fd            gone:end+fd
            CLOSE_WAIT_READ        gone:end         gone:reset   gone:reset   gone:nothing gone:nothing gone:end+fd         gone:end+fd            gone:end+fd            gone:end+fd
            CLOSE_WAIT_UNREAD      gone:end         gone:reset   gone:reset   gone:nothing gone:nothing gone:end+fd         gone:reset+fd          gone:reset+fd          gone:reset+fd
            CLOSE_WAIT_PEER_DEAF   LAST-ACK:nothing gone:nothing gone:nothing gone:nothing gone:nothing LAST-ACK:nothing+fd LAST-ACK:nothing+fd    LAST-ACK:nothing+fd    LAST-ACK:nothing+fd
            CLOSE_WAIT_UNACCEPTED  -                -            gone:reset   gone:nothing -            -                   -                      -                      -
            CLOSE_WAIT_IN_FLIGHT   -                -            gone:reset   gone:nothing -            -                   -                      -                      -
            LAST_ACK               -                -            gone:nothing gone:nothing -            -                   -                      -                      -
            LAST_ACK_HELD          -                gone:nothing gone:nothing gone:nothing gone:nothing gone:nothing+fd     LAST-ACK:nothing+fd    LAST-ACK:nothing+fd    LAST-ACK:nothing+fd
            FIN_WAIT_1             -                -            gone:reset   gone:nothing -            -                   -                      -                      -
            FIN_WAIT_1_HELD        -                gone:reset   gone:reset   gone:nothing gone:nothing gone:reset+fd       FIN-WAIT-1:nothing+fd  FIN-WAIT-1:nothing+fd  FIN-WAIT-1:nothing+fd
            FIN_WAIT_1_ZERO_WINDOW -                -            gone:reset   gone:reset   -            -                   -                      -                      -
            FIN_WAIT_2             -                -            gone:end     gone:end     -            -                   -                      -                      -
            FIN_WAIT_2_HELD        -                gone:reset   gone:reset   gone:end     gone:end     gone:reset+fd       FIN-WAIT-2:end+fd      FIN-WAIT-2:end+fd      FIN-WAIT-2:end+fd
            CLOSING                -                -            gone:nothing gone:nothing -            -                   -                      -                      -
            CLOSING_HELD           -                gone:nothing gone:nothing gone:nothing gone:nothing gone:nothing+fd     CLOSING:nothing+fd     CLOSING:nothing+fd     CLOSING:nothing+fd
            TIME_WAIT              -                -            gone:end     gone:end     -            -                   -                      -                      -
            """;

    /** No JVM holds any of these sockets. */
    private static final Set<Method> METHODS = EnumSet.complementOf(EnumSet.of(Method.JVM));

    private static final Map<String, String> EXPECTED_CELLS = cellsOf(EXPECTED);

    private final Map<Recipe, Map<Method, String>> measured = new EnumMap<>(Recipe.class);

    private static Map<String, String> cellsOf(String table) {
        Map<String, String> cells = new HashMap<>();
        List<List<String>> lines =
                table.lines().map(line -> List.of(line.split(" +"))).toList();
        for (List<String> line : lines.subList(1, lines.size())) {
            for (int column = 1; column < line.size(); column++) {
                cells.put(key(line.getFirst(), lines.getFirst().get(column)), line.get(column));
            }
        }
        return cells;
    }

    private static String key(String recipe, String method) {
        return recipe + " by " + method;
    }

    static Stream<Arguments> everyMethodOnEverySituation() {
        return Arrays.stream(Recipe.values())
                .flatMap(recipe -> METHODS.stream().map(method -> Arguments.of(recipe, method)));
    }

    /** Family and topology make no difference, so that a few situations of each kind are enough there. */
    static Stream<Arguments> someOnTheOtherWires() {
        return Stream.of(Wire.V6_LOOPBACK, Wire.MAPPED_LOOPBACK, Wire.V4_VETH, Wire.V6_VETH, Wire.MAPPED_VETH)
                .flatMap(wire -> Stream.of(
                                Recipe.ESTABLISHED, Recipe.CLOSE_WAIT, Recipe.FIN_WAIT_2_HELD, Recipe.TIME_WAIT)
                        .flatMap(recipe -> Stream.of(
                                        Method.SHUTDOWN,
                                        Method.DISCONNECT,
                                        Method.DESTROY,
                                        Method.RESET,
                                        Method.VANISH,
                                        Method.PARK)
                                .map(method -> Arguments.of(wire, recipe, method))));
    }

    @ParameterizedTest(name = "{0} by {1}")
    @MethodSource("everyMethodOnEverySituation")
    void doesWhatTheTableSays(Recipe recipe, Method method) throws Exception {
        try (TcpSituations tcp = TcpSituations.on(Wire.V4_LOOPBACK)) {
            Situation situation = tcp.make(recipe);

            String cell = measure(situation, method, expected(recipe, method));

            measured.computeIfAbsent(recipe, key -> new EnumMap<>(Method.class)).put(method, cell);
            assertThat(cell).isEqualTo(expected(recipe, method));
        }
    }

    @ParameterizedTest(name = "{1} by {2} over {0}")
    @MethodSource("someOnTheOtherWires")
    void doesTheSameOverEveryWire(Wire wire, Recipe recipe, Method method) throws Exception {
        try (TcpSituations tcp = TcpSituations.on(wire)) {
            Situation situation = tcp.make(recipe);

            String cell = measure(situation, method, expected(recipe, method));

            assertThat(cell).isEqualTo(expected(recipe, method));
        }
    }

    private static String expected(Recipe recipe, Method method) {
        return EXPECTED_CELLS.getOrDefault(key(recipe.name(), method.label()), "not in the table");
    }

    private static String measure(Situation situation, Method method, String expected) throws Exception {
        Result result = Attempt.by(method, situation)
                .allowingListeners()
                .waiting(expected.startsWith("gone") ? UNTIL_GONE : STILL_THERE)
                .result();
        boolean seen = expected.contains(":end") || expected.contains(":reset");
        int sightMillis = seen ? UNTIL_SEEN_MILLIS : NOTHING_SEEN_MILLIS;

        return switch (result.outcome()) {
            case REMOVED -> gone(situation) + sight(situation, sightMillis) + descriptor(result);
            case STILL_THERE -> result.stateAfter() + sight(situation, sightMillis) + descriptor(result);
            case REFUSED -> refusal(situation, result);
            case ALREADY_GONE, SKIPPED, PLANNED -> result.outcome().label();
        };
    }

    /** By its cookie it is gone, or it would not be said; nothing may be left on its addresses either. */
    private static String gone(Situation situation) {
        assertThat(situation.namespace().tcp().list())
                .noneMatch(socket -> socket.id().local().equals(situation.id().local())
                        && socket.id().peer().equals(situation.id().peer()));
        return "gone";
    }

    private static String sight(Situation situation, int millis) {
        if (situation.recipe().state() == TcpState.LISTEN) {
            return "";
        }
        Sight sight = situation.peer().look(millis);
        return sight == Sight.NOT_CONNECTED ? "" : ":" + sight.name().toLowerCase(Locale.ROOT);
    }

    private static String descriptor(Result result) {
        return result.descriptorFreed() ? "+fd" : "";
    }

    /** Refused means untouched, and with a reason. */
    private static String refusal(Situation situation, Result result) {
        assertThat(result.why()).isNotEmpty();
        assertThat(result.lacksPermission()).isFalse();
        assertThat(situation.now().orElseThrow().state())
                .isEqualTo(situation.recipe().state());
        if (situation.recipe().holding() == Holding.HELD) {
            assertThat(situation.holder().cookie()).isEqualTo(situation.id().cookie());
        }
        return "-";
    }

    @AfterAll
    void printTheTable() throws IOException {
        String table = table();
        System.out.println(table);
        Files.createDirectories(REPORT.getParent());
        Files.writeString(REPORT, table);
    }

    private String table() {
        StringBuilder table = new StringBuilder(row("situation", Method::label));
        measured.forEach(
                (recipe, cells) -> table.append(row(recipe.name(), method -> cells.getOrDefault(method, "?"))));
        return table.toString();
    }

    private static String row(String first, Function<Method, String> cell) {
        StringBuilder row = new StringBuilder(String.format("%-23s", first));
        for (Method method : METHODS) {
            row.append(String.format("%-23s", cell.apply(method)));
        }
        return row.toString().stripTrailing() + System.lineSeparator();
    }
}
