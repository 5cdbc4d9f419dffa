package lastack.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class TcpSocketTest {
    private static TcpSocket socket(TcpState state, long inode, IpAddress address) {
        SocketId id = new SocketId(
                address.family(), new Endpoint(address, 1), new Endpoint(address, 2), 0, 0xFEDC_BA98_7654_3210L);
        NetNamespace namespace = new NetNamespace(4_026_531_840L, null);
        return new TcpSocket(
                id, state, state.number(), 0, 0, 0, inode, null, null, namespace, List.of(), TcpSocket.Details.NONE);
    }

    /** The queue of a listener holds connections that no file refers to, and yet they are no orphans. */
    @ParameterizedTest
    @CsvSource({
        "CLOSE_WAIT, 0, false, true",
        "ESTABLISHED, 0, false, true",
        "SYN_RECV, 0, false, true",
        "LAST_ACK, 0, true, false",
        "FIN_WAIT_1, 0, true, false",
        "FIN_WAIT_2, 0, true, false",
        "TIME_WAIT, 0, true, false",
        "CLOSING, 0, true, false",
        "LISTEN, 0, false, false",
        "CLOSE_WAIT, 7, false, false",
        "FIN_WAIT_2, 7, false, false"
    })
    void tellsOrphansFromConnectionsNotYetAccepted(TcpState state, long inode, boolean orphan, boolean unaccepted) {
        TcpSocket socket = socket(state, inode, IpAddress.ANY_V4);

        assertThat(socket.orphan()).isEqualTo(orphan);
        assertThat(socket.unaccepted()).isEqualTo(unaccepted);
    }

    @Test
    void knowsThatItIsV4Mapped() {
        assertThat(socket(TcpState.ESTABLISHED, 1, IpAddress.v6(0, 0xFFFF_7F00_0001L))
                        .v4mapped())
                .isTrue();
        assertThat(socket(TcpState.ESTABLISHED, 1, IpAddress.ANY_V6).v4mapped()).isFalse();
    }

    @Test
    void writesTheCookieAsSsDoes() {
        assertThat(socket(TcpState.LISTEN, 1, IpAddress.ANY_V4).id().cookieHex())
                .isEqualTo("fedcba9876543210");
    }

    @ParameterizedTest
    @EnumSource(
            value = TcpState.class,
            names = {"UNKNOWN", "NEW_SYN_RECV"},
            mode = EnumSource.Mode.EXCLUDE)
    void findsAStateByItsNumberItsNameAndItsLabel(TcpState state) {
        assertThat(TcpState.of(state.number())).isEqualTo(state);
        assertThat(TcpState.named(state.name())).hasValue(state);
        assertThat(TcpState.named(state.label())).hasValue(state);
        assertThat(TcpState.named(state.label().replace("-", ""))).hasValue(state);
    }

    @ParameterizedTest
    @CsvSource({"-1", "0", "14", "255"})
    void callsOtherNumbersUnknown(int number) {
        assertThat(TcpState.of(number)).isEqualTo(TcpState.UNKNOWN);
    }
}
