package lastack.kernel.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import lastack.model.Family;
import lastack.model.TcpState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class StateLayoutTest {
    private static StateLayout layout(String format) throws IOException {
        return new StateLayout(EventFormat.parse(format));
    }

    private static StateSample read(StateLayout layout, String hex) {
        return Objects.requireNonNull(readIfMeant(layout, hex));
    }

    private static @Nullable StateSample readIfMeant(StateLayout layout, String hex) {
        ByteBuffer bytes = RecordedFormat.bytes(hex);
        return layout.read(77, 4711, bytes, 0, bytes.capacity());
    }

    @Test
    void readsAnIpv4Connection() throws IOException {
        StateSample sample = read(layout(RecordedFormat.text()), RecordedFormat.CONNECTED_V4);

        assertThat(sample.time()).isEqualTo(77);
        assertThat(sample.pid()).isEqualTo(4711);
        assertThat(sample.socket()).isEqualTo(0xffff88815ac365c0L);
        assertThat(TcpState.of(sample.from())).isEqualTo(TcpState.SYN_SENT);
        assertThat(TcpState.of(sample.to())).isEqualTo(TcpState.ESTABLISHED);
        assertThat(sample.family()).isEqualTo(Family.INET);
        assertThat(sample.local()).hasToString("127.0.0.1:54670");
        assertThat(sample.peer()).hasToString("127.0.0.1:50045");
    }

    @Test
    void readsAnIpv6ConnectionWhateverIsInItsIpv4Fields() throws IOException {
        StateSample sample = read(layout(RecordedFormat.text()), RecordedFormat.ACCEPTED_V6);

        assertThat(sample.family()).isEqualTo(Family.INET6);
        assertThat(sample.local()).hasToString("[::1]:55093");
        assertThat(sample.peer()).hasToString("[::1]:52988");
    }

    @Test
    void readsTheProtocolWhereOlderKernelsHaveOneByteOfIt() throws IOException {
        String older =
                RecordedFormat.text().replace("__u16 protocol;	offset:30;	size:2", "__u8 protocol;	offset:30;	size:1");

        assertThat(read(layout(older), RecordedFormat.CONNECTED_V4)).isNotNull();
    }

    @Test
    void passesOverOtherProtocols() throws IOException {
        String mptcp = RecordedFormat.CONNECTED_V4.replace("020006007f", "020006017f");

        assertThat(readIfMeant(layout(RecordedFormat.text()), mptcp)).isNull();
    }

    @Test
    void passesOverARecordThatIsTooShort() throws IOException {
        assertThat(readIfMeant(layout(RecordedFormat.text()), RecordedFormat.CONNECTED_V4.substring(0, 100)))
                .isNull();
    }
}
