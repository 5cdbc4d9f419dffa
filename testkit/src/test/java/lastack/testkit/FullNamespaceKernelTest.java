package lastack.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import lastack.model.SocketId;
import lastack.model.TcpState;
import org.junit.jupiter.api.Test;

final class FullNamespaceKernelTest {
    private static final Set<TcpState> ALL_STATES = Set.of(
            TcpState.ESTABLISHED,
            TcpState.SYN_SENT,
            TcpState.SYN_RECV,
            TcpState.FIN_WAIT_1,
            TcpState.FIN_WAIT_2,
            TcpState.TIME_WAIT,
            TcpState.CLOSE_WAIT,
            TcpState.LAST_ACK,
            TcpState.LISTEN,
            TcpState.CLOSING);

    @Test
    void hasEveryStateInEveryFamily() {
        try (FullNamespace full = FullNamespace.open()) {

            List<SeenSocket> sockets = full.namespace().tcp().list();

            assertThat(statesAt(sockets, "127.")).containsAll(ALL_STATES);
            assertThat(statesAt(sockets, "::ffff:127.")).containsAll(ALL_STATES);
            assertThat(statesAt(sockets, "::1")).isNotEmpty();
            assertThat(statesAt(sockets, "fd77:")).isNotEmpty();
        }
    }

    private static Set<TcpState> statesAt(List<SeenSocket> sockets, String prefix) {
        return sockets.stream()
                .filter(socket -> socket.id().local().address().toString().startsWith(prefix))
                .map(SeenSocket::state)
                .collect(Collectors.toSet());
    }

    @Test
    void hasMarksDevicesUnreadDataAndManyEnds() {
        try (FullNamespace full = FullNamespace.open()) {

            List<SeenSocket> sockets = full.namespace().tcp().list();

            assertThat(sockets).anyMatch(socket -> socket.mark() != 0);
            assertThat(sockets).anyMatch(socket -> socket.id().deviceIndex() != 0);
            assertThat(sockets).anyMatch(socket -> socket.receiveQueue() > 1);
            assertThat(sockets.stream()
                            .map(SeenSocket::id)
                            .map(SocketId::local)
                            .distinct()
                            .count())
                    .isGreaterThan(60);
        }
    }

    @Test
    void staysFullForAsLongAsATestTakes() throws InterruptedException {
        try (FullNamespace full = FullNamespace.open()) {

            Thread.sleep(1_500);

            assertThat(full.situations())
                    .allMatch(situation -> situation.now().orElseThrow().state()
                            == situation.recipe().state());
        }
    }
}
