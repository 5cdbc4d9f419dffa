package lastack.sockets;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import lastack.kernel.KernelException;
import lastack.kernel.diag.Recorded;
import lastack.kernel.diag.RecordedLink;
import lastack.kernel.diag.SockDiag;
import lastack.model.Age;
import lastack.model.Age.Bound;
import lastack.model.Age.Source;
import lastack.model.Family;
import lastack.model.TcpState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Ages computed from a recorded message with a few of its numbers changed. */
final class StateAgeTest {
    private static final int STATE = 17;
    private static final int TIMER = 18;
    private static final int RETRANSMITS = 19;
    private static final int EXPIRES = 16 + 52;
    private static final int SEND_QUEUE = 16 + 60;
    private static final int INODE = 16 + 68;

    /** Where {@code struct tcp_info} begins in the recording of CLOSE-WAIT. */
    private static final int INFO = 16 + 72 + 8 + 8 + 12 + 8 + 40 + 4;

    private static final int BACKOFF = INFO + 4;
    private static final int RTO = INFO + 8;
    private static final int BYTES_SENT = INFO + 200;
    private static final int LAST_DATA_SENT = INFO + 44;
    private static final int LAST_DATA_RECV = INFO + 52;
    private static final int LAST_ACK_RECV = INFO + 56;

    private static final byte RETRANSMIT = 1;
    private static final byte KEEPALIVE = 2;
    private static final byte TIME_WAIT = 3;

    private static @Nullable Age age(String recording, Consumer<ByteBuffer> change) throws KernelException {
        byte[] bytes = Recorded.datagram(recording);
        change.accept(ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()));
        AtomicReference<@Nullable Age> age = new AtomicReference<>();
        try (SockDiag diag = new SockDiag(new RecordedLink().then(bytes).then(Recorded.datagram("done")))) {
            diag.dump(Family.INET, -1, SockDiag.Extent.INFO, message -> age.set(StateAge.of(message)));
        }
        return age.get();
    }

    @Test
    void countsCloseWaitFromTheFin() throws KernelException {
        Age age = age(
                "close-wait-v4",
                bytes -> bytes.putInt(LAST_ACK_RECV, 5_000)
                        .putInt(LAST_DATA_SENT, 9_000)
                        .putInt(LAST_DATA_RECV, 7_000));

        assertThat(age).isEqualTo(new Age(5_000, Source.LAST_ACK, Bound.EXACT));
    }

    @Test
    void knowsOnlyALowerBoundWhenDataWasSentAndAcknowledgedLater() throws KernelException {
        assertThat(afterSending(5_100)).isEqualTo(new Age(5_000, Source.LAST_ACK, Bound.AT_LEAST));
        assertThat(afterSending(4_900)).isEqualTo(new Age(5_000, Source.LAST_ACK, Bound.AT_LEAST));
        assertThat(afterSending(5_300)).isEqualTo(new Age(5_000, Source.LAST_ACK, Bound.EXACT));
    }

    private static @Nullable Age afterSending(int millisAgo) throws KernelException {
        return age(
                "close-wait-v4",
                bytes -> bytes.putInt(LAST_ACK_RECV, 5_000)
                        .putInt(RTO, 200_000)
                        .putLong(BYTES_SENT, 100)
                        .putInt(LAST_DATA_SENT, millisAgo));
    }

    @Test
    void knowsOnlyALowerBoundWhileKeepaliveProbesAreAnswered() throws KernelException {
        Age age = age(
                "close-wait-v4",
                bytes -> bytes.putInt(LAST_ACK_RECV, 5_000)
                        .putInt(LAST_DATA_SENT, 9_000)
                        .put(TIMER, KEEPALIVE));

        assertThat(age).isEqualTo(new Age(5_000, Source.LAST_ACK, Bound.AT_LEAST));
    }

    @Test
    void countsTimeWaitBackFromItsSixtySeconds() throws KernelException {
        Age age = age("time-wait-v4", bytes -> bytes.putInt(EXPIRES, 59_000));

        assertThat(age).isEqualTo(new Age(1_000, Source.TIMER, Bound.EXACT));
    }

    @Test
    void isNeverNegative() throws KernelException {
        Age age = age("time-wait-v4", bytes -> bytes.putInt(EXPIRES, 60_012));

        assertThat(age).isEqualTo(new Age(0, Source.TIMER, Bound.EXACT));
    }

    /** Its program may have set any time for it (TCP_LINGER2). */
    @Test
    void knowsNothingOfAnOrphanInFinWait2() throws KernelException {
        Age age = age(
                "time-wait-v4",
                bytes -> bytes.put(STATE, (byte) TcpState.FIN_WAIT_2.number()).putInt(EXPIRES, 4_000));

        assertThat(age).isNull();
    }

    @Test
    void countsFinWait2ThatIsHeldFromTheAckOfItsFin() throws KernelException {
        Age age = age(
                "close-wait-v4",
                bytes -> bytes.put(STATE, (byte) TcpState.FIN_WAIT_2.number())
                        .putInt(LAST_ACK_RECV, 5_000)
                        .putInt(LAST_DATA_RECV, 6_000));

        assertThat(age).isEqualTo(new Age(5_000, Source.LAST_ACK, Bound.EXACT));
    }

    @Test
    void knowsOnlyALowerBoundOfFinWait2WhenThePeerStillSends() throws KernelException {
        Age age = age(
                "close-wait-v4",
                bytes -> bytes.put(STATE, (byte) TcpState.FIN_WAIT_2.number())
                        .putInt(LAST_ACK_RECV, 5_000)
                        .putInt(LAST_DATA_RECV, 5_000));

        assertThat(age).isEqualTo(new Age(5_000, Source.LAST_ACK, Bound.AT_LEAST));
    }

    /** The peer answers a probe every two hours, or every two seconds: each answer is a later ACK. */
    @Test
    void knowsOnlyALowerBoundOfFinWait2WithKeepalive() throws KernelException {
        Age age = age(
                "close-wait-v4",
                bytes -> bytes.put(STATE, (byte) TcpState.FIN_WAIT_2.number())
                        .put(TIMER, KEEPALIVE)
                        .putInt(LAST_ACK_RECV, 1_764)
                        .putInt(LAST_DATA_RECV, 48_132));

        assertThat(age).isEqualTo(new Age(1_764, Source.LAST_ACK, Bound.AT_LEAST));
    }

    @ParameterizedTest
    @EnumSource(
            value = TcpState.class,
            names = {"FIN_WAIT_1", "LAST_ACK", "CLOSING", "SYN_SENT"})
    void addsUpTheWaitsForAnAckThatDoesNotCome(TcpState state) throws KernelException {
        Age age = age(
                "close-wait-v4",
                bytes -> bytes.put(STATE, (byte) state.number())
                        .put(TIMER, RETRANSMIT)
                        .put(BACKOFF, (byte) 3)
                        .putInt(RTO, 1_600_000)
                        .putInt(SEND_QUEUE, 1)
                        .putInt(EXPIRES, 1_000));

        // 200 + 400 + 800 are over, and 600 of the 1600 that run.
        assertThat(age).isEqualTo(new Age(2_000, Source.BACKOFF, Bound.AT_LEAST));
    }

    @ParameterizedTest
    @CsvSource({"3, 0, 1000, 3400", "4, 0, 1000, 4400", "6, 2, 4000, 7400"})
    void countsTheSynsThatWereRepeatedAfterTheSameTime(int repeated, int doubled, int timeout, int age)
            throws KernelException {
        Age found = age(
                "close-wait-v4",
                bytes -> bytes.put(STATE, (byte) TcpState.SYN_SENT.number())
                        .put(TIMER, RETRANSMIT)
                        .put(RETRANSMITS, (byte) repeated)
                        .put(BACKOFF, (byte) doubled)
                        .putInt(RTO, timeout * 1_000)
                        .putInt(SEND_QUEUE, 1)
                        .putInt(EXPIRES, timeout - 400));

        assertThat(found).isEqualTo(new Age(age, Source.BACKOFF, Bound.AT_LEAST));
    }

    @ParameterizedTest
    @EnumSource(
            value = TcpState.class,
            names = {"ESTABLISHED", "LISTEN", "SYN_RECV", "UNKNOWN"})
    void knowsNothingOfOtherStates(TcpState state) throws KernelException {
        assertThat(age("close-wait-v4", bytes -> bytes.put(STATE, (byte) state.number())))
                .isNull();
    }

    @Test
    void knowsNothingWithoutTcpInfoAndTimer() throws KernelException {
        assertThat(age("time-wait-v4", bytes -> bytes.put(STATE, (byte) TcpState.CLOSE_WAIT.number())))
                .isNull();
        assertThat(age("time-wait-v4", bytes -> bytes.put(TIMER, (byte) 0))).isNull();
        assertThat(age(
                        "time-wait-v4",
                        bytes -> bytes.put(STATE, (byte) TcpState.FIN_WAIT_2.number())
                                .putInt(INODE, 7)
                                .put(TIMER, TIME_WAIT)))
                .isNull();
    }
}
