package lastack.kernel.diag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import lastack.kernel.Kernel;
import lastack.model.Family;
import lastack.model.SocketMemory;
import lastack.model.TcpState;
import lastack.model.Timer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fields of real messages, and what is left of damaged ones. */
final class InetDiagMsgTest {
    private static final int HEADER = 16;
    private static final int FIRST_ATTRIBUTE = HEADER + InetDiagMsg.SIZE;

    /** The message of a recording, behind its netlink header. */
    private static InetDiagMsg message(byte[] datagram) {
        return message(datagram, datagram.length);
    }

    private static InetDiagMsg message(byte[] datagram, int end) {
        InetDiagMsg message = new InetDiagMsg(buffer(datagram));
        assertThat(message.wrap(HEADER, end)).isTrue();
        return message;
    }

    private static ByteBuffer buffer(byte[] datagram) {
        return Kernel.memory(datagram.length).put(0, datagram);
    }

    private static byte[] changed(String recording, Consumer<ByteBuffer> change) {
        ByteBuffer bytes = buffer(Recorded.datagram(recording));
        change.accept(bytes);
        byte[] result = new byte[bytes.capacity()];
        bytes.get(0, result);
        return result;
    }

    private static Map<String, Long> fields(InetDiagMsg message) {
        return Objects.requireNonNull(message.tcpInfo()).fields();
    }

    @Test
    void readsWhoIsInCloseWait() {
        InetDiagMsg message = message(Recorded.datagram("close-wait-v4"));

        assertThat(message.family()).isEqualTo(Family.INET);
        assertThat(message.state()).isEqualTo(TcpState.CLOSE_WAIT.number());
        assertThat(Timer.Kind.of(message.timer())).isEqualTo(Timer.Kind.NONE);
        assertThat(message.retransmits()).isZero();
        assertThat(message.localAddress()).hasToString("10.77.0.1");
        assertThat(message.localPort()).isEqualTo(42_257);
        assertThat(message.peerAddress()).hasToString("10.77.0.2");
        assertThat(message.peerPort()).isEqualTo(35_313);
        assertThat(message.deviceIndex()).isZero();
        assertThat(message.cookie()).isEqualTo(0x9164cL);
        assertThat(message.receiveQueue()).isEqualTo(101);
        assertThat(message.sendQueue()).isZero();
        assertThat(message.uid()).isZero();
        assertThat(message.inode()).isEqualTo(5_684_073);
    }

    @Test
    void readsTheAttributesOfCloseWait() {
        InetDiagMsg message = message(Recorded.datagram("close-wait-v4"));

        assertThat(message.mark()).isEqualTo(0x1234);
        assertThat(message.cgroupId()).isEqualTo(1);
        assertThat(message.congestion()).isEqualTo("bbr");
        assertThat(message.memory()).isEqualTo(new SocketMemory(932, 131_072, 0, 69_120, 3_164, 0, 0, 0, 0));
        assertThat(message.hasInfo()).isTrue();
        assertThat(message.lastDataSentMillis()).isEqualTo(80);
        assertThat(message.lastDataReceivedMillis()).isEqualTo(76);
        assertThat(message.lastAckReceivedMillis()).isEqualTo(76);
        assertThat(message.retransmissionTimeoutMicros()).isEqualTo(204_000);
        assertThat(message.backoff()).isZero();
    }

    @Test
    void readsEveryFieldOfTcpInfoThatWasDelivered() {
        InetDiagMsg message = message(Recorded.datagram("close-wait-v4"));

        Map<String, Long> fields = fields(message);

        assertThat(fields).hasSize(TcpInfoStruct.values().length + 2);
        assertThat(fields)
                .contains(
                        entry("state", 8L),
                        entry("snd_wscale", 10L),
                        entry("rcv_wscale", 10L),
                        entry("rto", 204_000L),
                        entry("snd_mss", 1_448L),
                        entry("pmtu", 1_500L),
                        entry("snd_cwnd", 10L),
                        entry("max_pacing_rate", -1L),
                        entry("bytes_received", 101L),
                        entry("segs_in", 4L),
                        entry("snd_wnd", 64_512L));
    }

    @Test
    void readsTimeWaitWhichHasNoInode() {
        InetDiagMsg message = message(Recorded.datagram("time-wait-v4"));

        assertThat(message.state()).isEqualTo(TcpState.TIME_WAIT.number());
        assertThat(Timer.Kind.of(message.timer())).isEqualTo(Timer.Kind.TIME_WAIT);
        assertThat(message.expiresMillis()).isEqualTo(59_996);
        assertThat(message.inode()).isZero();
        assertThat(message.cookie()).isEqualTo(0x8b71aL);
    }

    @Test
    void knowsWhatTimeWaitDoesNotTell() {
        InetDiagMsg message = message(Recorded.datagram("time-wait-v4"));

        assertThat(message.hasInfo()).isFalse();
        assertThat(message.tcpInfo()).isNull();
        assertThat(message.lastAckReceivedMillis()).isEqualTo(-1);
        assertThat(message.congestion()).isNull();
        assertThat(message.memory()).isNull();
        assertThat(message.cgroupId()).isZero();
        assertThat(message.mark()).isZero();
        assertThat(message.v6only()).isFalse();
    }

    @Test
    void readsAnIpv6Listener() {
        InetDiagMsg message = message(Recorded.datagram("listen-v6"));

        assertThat(message.family()).isEqualTo(Family.INET6);
        assertThat(message.state()).isEqualTo(TcpState.LISTEN.number());
        assertThat(message.localAddress()).hasToString("::1");
        assertThat(message.localPort()).isEqualTo(34_529);
        assertThat(message.peerAddress().isAny()).isTrue();
        assertThat(message.peerPort()).isZero();
        assertThat(message.sendQueue()).isEqualTo(16);
        assertThat(message.congestion()).isEqualTo("bbr");
        assertThat(message.v6only()).isTrue();
    }

    @Test
    void readsAV4MappedAddress() {
        InetDiagMsg message = message(Recorded.datagram("syn-recv-mapped"));

        assertThat(message.family()).isEqualTo(Family.INET6);
        assertThat(message.localAddress().isV4Mapped()).isTrue();
        assertThat(message.localAddress()).hasToString("::ffff:127.0.0.1");
        assertThat(Timer.Kind.of(message.timer())).isEqualTo(Timer.Kind.RETRANSMIT);
    }

    @Test
    void readsCookieAndInodeAndQueuesAsUnsigned() {
        byte[] high = changed(
                "time-wait-v4",
                bytes -> bytes.putLong(HEADER + 44, 0xFEDC_BA98_7654_3210L)
                        .putInt(HEADER + 56, -1)
                        .putInt(HEADER + 60, -2)
                        .putInt(HEADER + 68, -3));

        InetDiagMsg message = message(high);

        assertThat(message.cookie()).isEqualTo(0xFEDC_BA98_7654_3210L);
        assertThat(message.receiveQueue()).isEqualTo(0xFFFF_FFFFL);
        assertThat(message.sendQueue()).isEqualTo(0xFFFF_FFFEL);
        assertThat(message.inode()).isEqualTo(0xFFFF_FFFDL);
    }

    @Test
    void keepsStatesAndTimersNobodyHasHeardOf() {
        byte[] future = changed(
                "time-wait-v4", bytes -> bytes.put(HEADER + 1, (byte) 200).put(HEADER + 2, (byte) 77));

        InetDiagMsg message = message(future);

        assertThat(message.state()).isEqualTo(200);
        assertThat(TcpState.of(message.state())).isEqualTo(TcpState.UNKNOWN);
        assertThat(Timer.Kind.of(message.timer())).isEqualTo(Timer.Kind.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(shorts = {0, 31, 32, 200, 0x3FFF})
    void passesOverUnknownAttributes(short type) {
        byte[] unknown = changed("close-wait-v4", bytes -> bytes.putShort(FIRST_ATTRIBUTE + 2, type));

        InetDiagMsg message = message(unknown);

        assertThat(message.mark()).isEqualTo(0x1234);
        assertThat(message.hasInfo()).isTrue();
    }

    @Test
    void ignoresTheNestedAndByteOrderBitsOfAType() {
        byte[] flagged = changed(
                "time-wait-v4",
                bytes -> bytes.putShort(FIRST_ATTRIBUTE + 2, (short) (0xC000 | 15))
                        .putInt(FIRST_ATTRIBUTE + 4, 7));

        assertThat(message(flagged).mark()).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(shorts = {0, 1, 3, 9, 0x7FFF, -1})
    void endsTheListAtAnAttributeThatCannotBe(short length) {
        byte[] damaged = changed(
                "time-wait-v4", bytes -> bytes.putShort(FIRST_ATTRIBUTE, length).putInt(FIRST_ATTRIBUTE + 4, 7));

        assertThat(message(damaged).mark()).isZero();
    }

    @Test
    void readsWhatAnOlderKernelsShorterTcpInfoHas() {
        byte[] whole = Recorded.datagram("close-wait-v4");
        int info = FIRST_ATTRIBUTE + 8 + 8 + 12 + 8 + 40;
        byte[] older = changed("close-wait-v4", bytes -> bytes.putShort(info, (short) (4 + 104)));

        InetDiagMsg message = message(older, info + 4 + 104);

        assertThat(whole[info + 2]).isEqualTo((byte) InetDiagMsg.INET_DIAG_INFO);
        assertThat(message.lastAckReceivedMillis()).isEqualTo(76);
        assertThat(fields(message)).containsKey("total_retrans").doesNotContainKey("pacing_rate");
    }

    @Test
    void isNoMessageWhenTheFixedPartIsNotWhole() {
        byte[] bytes = Recorded.datagram("time-wait-v4");
        InetDiagMsg message = new InetDiagMsg(buffer(bytes));

        assertThat(message.wrap(HEADER, HEADER + InetDiagMsg.SIZE)).isTrue();
        assertThat(message.wrap(HEADER, HEADER + InetDiagMsg.SIZE - 1)).isFalse();
        assertThat(message.wrap(HEADER, HEADER)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"close-wait-v4", "listen-v6", "time-wait-v4", "syn-recv-mapped"})
    void readsWhateverIsLeftOfATruncatedMessage(String recording) {
        byte[] whole = Recorded.datagram(recording);
        for (int end = FIRST_ATTRIBUTE; end <= whole.length; end++) {
            InetDiagMsg message = message(Arrays.copyOf(whole, end));

            assertThat(message.state()).isEqualTo(whole[HEADER + 1]);
            Everything.readFrom(message);
        }
    }
}
