package lastack.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import lastack.kernel.diag.SockDiag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What SOCK_DESTROY does in each situation: the subject is gone, and what both sides see of it. */
final class DestroyKernelTest {
    /** The kernel sends no RST for these, or the peer does not hear it. */
    private static final Set<Recipe> SILENT = Set.of(
            Recipe.SYN_RECV,
            Recipe.CLOSE_WAIT_PEER_DEAF,
            Recipe.CLOSING,
            Recipe.CLOSING_HELD,
            Recipe.LAST_ACK,
            Recipe.LAST_ACK_HELD);

    private static void destroy(Situation situation) throws Exception {
        situation.namespace().call(() -> {
            try (SockDiag diag = SockDiag.open()) {
                diag.destroy(situation.id());
            }
            return true;
        });
    }

    @ParameterizedTest
    @EnumSource(Recipe.class)
    void removesItAndThePeerSeesAResetOrNothing(Recipe recipe) throws Exception {
        try (TcpSituations tcp = TcpSituations.on(Wire.V4_LOOPBACK)) {
            Situation situation = tcp.make(recipe);

            destroy(situation);

            situation.awaitGone();
            if (recipe != Recipe.LISTEN) {
                assertThat(situation.peer().look(200)).isEqualTo(expectedSight(recipe));
            }
        }
    }

    private static Sight expectedSight(Recipe recipe) {
        if (SILENT.contains(recipe)) {
            return Sight.NOTHING;
        }
        return switch (recipe) {
            case FIN_WAIT_2, TIME_WAIT -> Sight.END;
            case SYN_SENT -> Sight.NOT_CONNECTED;
            default -> Sight.RESET;
        };
    }

    @ParameterizedTest
    @CsvSource({"READ, -1, ECONNABORTED", "POLL, 1, -", "SELECT, 1, -", "EPOLL, 1, -"})
    void wakesWhoeverIsBlockedOnIt(BlockedCall.Kind kind, long value, String errno) throws Exception {
        try (TcpSituations tcp = TcpSituations.on(Wire.V4_LOOPBACK)) {
            Situation calm = tcp.established();
            BlockedCall call = calm.holder().block(kind);
            assertThat(call.isBlocked()).isTrue();

            destroy(calm);

            BlockedCall.Result result = call.result(Duration.ofSeconds(5));
            assertThat(result.value()).isEqualTo(value);
            assertThat(result.errno()).isEqualTo(errno);
        }
    }

    @Test
    void wakesAnAcceptOnAListener() throws Exception {
        try (TcpSituations tcp = TcpSituations.on(Wire.V4_LOOPBACK)) {
            Situation listener = tcp.listen();
            BlockedCall call = listener.holder().block(BlockedCall.Kind.ACCEPT);

            destroy(listener);

            assertThat(call.result(Duration.ofSeconds(5)).errno()).isEqualTo("EINVAL");
        }
    }

    @Test
    void wakesAWriterWhoseWindowIsClosed() throws Exception {
        try (TcpSituations tcp = TcpSituations.on(Wire.V6_LOOPBACK)) {
            Situation calm = tcp.established();
            BlockedCall call = calm.holder().block(BlockedCall.Kind.WRITE);

            destroy(calm);

            assertThat(call.result(Duration.ofSeconds(5)).errno()).isEqualTo("ECONNABORTED");
        }
    }
}
