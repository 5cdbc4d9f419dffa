package lastack.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every situation over every wire is what its name says, with iproute2's ss as the independent witness. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TcpSituationsKernelTest {
    private final Map<Wire, TcpSituations> situations = new EnumMap<>(Wire.class);

    static Stream<Arguments> everySituationOverEveryWire() {
        return Stream.of(Wire.values())
                .flatMap(wire -> Stream.of(Recipe.values()).map(recipe -> Arguments.of(wire, recipe)));
    }

    private Situation make(Wire wire, Recipe recipe) {
        return situations.computeIfAbsent(wire, TcpSituations::on).make(recipe);
    }

    @AfterAll
    void closeNamespaces() {
        situations.values().forEach(TcpSituations::close);
    }

    @ParameterizedTest(name = "{1} over {0}")
    @MethodSource("everySituationOverEveryWire")
    void reachesItsStateAndStaysThere(Wire wire, Recipe recipe) {
        Situation situation = make(wire, recipe);

        SeenSocket now = situation.now().orElseThrow();

        assertThat(now.state()).isEqualTo(recipe.state());
        assertThat(now.id()).isEqualTo(situation.id());
        assertThat(now.id().family()).isEqualTo(wire.family());
        assertThat(now.id().local().address().isV4Mapped()).isEqualTo(wire.isMapped());
    }

    @ParameterizedTest(name = "{1} over {0}")
    @MethodSource("everySituationOverEveryWire")
    void isHeldAsItsNameSays(Wire wire, Recipe recipe) {
        Situation situation = make(wire, recipe);

        SeenSocket now = situation.now().orElseThrow();

        assertThat(now.inode() != 0).isEqualTo(recipe.holding().hasInode());
        assertThat(situation.isHeld()).isEqualTo(recipe.holding() == Holding.HELD);
        if (situation.isHeld()) {
            assertThat(situation.holder().inode()).isEqualTo(now.inode());
            assertThat(situation.holder().cookie()).isEqualTo(now.id().cookie());
        }
    }

    @ParameterizedTest(name = "{1} over {0}")
    @MethodSource("everySituationOverEveryWire")
    void isSeenBySsToo(Wire wire, Recipe recipe) {
        Situation situation = make(wire, recipe);

        String line = Witness.line(situation.namespace(), situation.id().cookieHex());

        assertThat(line).startsWith(recipe.state().label() + " ");
        assertThat(line).contains(" ino:" + situation.inode() + " ");
    }
}
