package lastack.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;
import lastack.model.TcpState;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
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
    void isWhatItsNameSaysAndSsAgrees(Wire wire, Recipe recipe) {
        Situation situation = make(wire, recipe);

        SeenSocket now = situation.now().orElseThrow();
        String witness = Witness.line(situation.namespace(), situation.id().cookieHex());

        assertThat(now.state()).isEqualTo(recipe.state());
        assertThat(now.id()).isEqualTo(situation.id());
        assertThat(now.id().family()).isEqualTo(wire.family());
        assertThat(now.id().local().address().isV4Mapped()).isEqualTo(wire.isMapped());
        assertThat(now.inode() != 0).isEqualTo(recipe.holding().hasInode());
        assertThat(witness).startsWith(recipe.state().label() + " ");
        assertThat(witness).contains(" ino:" + now.inode() + " ");
    }

    @ParameterizedTest
    @EnumSource(Recipe.class)
    void isHeldByTheHolderItNames(Recipe recipe) {
        Situation situation = make(Wire.V4_LOOPBACK, recipe);

        assertThat(situation.isHeld()).isEqualTo(recipe.holding() == Holding.HELD);
        if (situation.isHeld()) {
            assertThat(situation.holder().inode()).isEqualTo(situation.inode());
            assertThat(situation.holder().cookie()).isEqualTo(situation.id().cookie());
        }
    }

    @ParameterizedTest
    @CsvSource({"CLOSE_WAIT, 1", "CLOSE_WAIT_READ, 0", "CLOSE_WAIT_UNREAD, 101", "CLOSE_WAIT_UNACCEPTED, 1"})
    void hasUnreadWhatItsNameSays(Recipe recipe, long receiveQueue) {
        Situation situation = make(Wire.V6_LOOPBACK, recipe);

        SeenSocket now = situation.now().orElseThrow();

        assertThat(now.receiveQueue()).isEqualTo(receiveQueue);
    }

    @ParameterizedTest
    @EnumSource(
            value = Recipe.class,
            names = {"ESTABLISHED_UNACCEPTED", "CLOSE_WAIT_UNACCEPTED", "SYN_RECV"})
    void waitsInTheQueueOfItsListener(Recipe recipe) {
        Situation situation = make(Wire.V4_VETH, recipe);

        ActorSocket listener = situation.listener();

        assertThat(situation
                        .namespace()
                        .tcp()
                        .find(listener.cookie())
                        .orElseThrow()
                        .state())
                .isEqualTo(TcpState.LISTEN);
    }
}
