package lastack.kernel.diag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import lastack.kernel.Errno;
import lastack.kernel.KernelException;
import lastack.kernel.diag.SockDiag.Extent;
import lastack.model.Endpoint;
import lastack.model.Family;
import lastack.model.IpAddress;
import lastack.model.SocketId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Conversations with the kernel, from recordings and with everything that can go wrong. */
final class SockDiagTest {
    private static final int FLAGS = 6;
    private static final int SEQUENCE = 8;
    private static final int ERROR = 16;
    private static final int NLM_F_DUMP_INTR = 0x10;

    private static final SocketId LISTENER = new SocketId(
            Family.INET6, new Endpoint(IpAddress.v6(0, 1), 34_529), new Endpoint(IpAddress.ANY_V6, 0), 0, 0x8b71bL);

    private final List<Long> cookies = new ArrayList<>();

    private boolean dump(RecordedLink link) throws KernelException {
        try (SockDiag diag = new SockDiag(link)) {
            return diag.dump(Family.INET, -1, Extent.FULL, message -> cookies.add(message.cookie()));
        }
    }

    private static byte[] joined(String... recordings) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (String recording : recordings) {
            all.writeBytes(Recorded.datagram(recording));
        }
        return all.toByteArray();
    }

    private static byte[] withInt(byte[] datagram, int at, int value) {
        ByteBuffer.wrap(datagram).order(ByteOrder.nativeOrder()).putInt(at, value);
        return datagram;
    }

    private static byte[] withShort(byte[] datagram, int at, int value) {
        ByteBuffer.wrap(datagram).order(ByteOrder.nativeOrder()).putShort(at, (short) value);
        return datagram;
    }

    @Test
    void listsUntilTheKernelIsDone() throws KernelException {
        boolean consistent = dump(RecordedLink.of("close-wait-v4", "time-wait-v4", "done"));

        assertThat(consistent).isTrue();
        assertThat(cookies).containsExactly(0x9164cL, 0x8b71aL);
    }

    @Test
    void readsSeveralMessagesOfOneDatagram() throws KernelException {
        byte[] together = joined("time-wait-v4", "close-wait-v4", "listen-v6", "done");

        boolean consistent = dump(new RecordedLink().then(together));

        assertThat(consistent).isTrue();
        assertThat(cookies).containsExactly(0x8b71aL, 0x9164cL, 0x8b71bL);
    }

    @Test
    void listsNothingWhereThereIsNothing() throws KernelException {
        assertThat(dump(RecordedLink.of("done"))).isTrue();
        assertThat(cookies).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"time-wait-v4", "done"})
    void saysThatTheTablesChangedMeanwhile(String interrupted) throws KernelException {
        RecordedLink link = new RecordedLink();
        for (String recording : List.of("close-wait-v4", "time-wait-v4", "done")) {
            byte[] datagram = Recorded.datagram(recording);
            link.then(recording.equals(interrupted) ? withShort(datagram, FLAGS, 2 | NLM_F_DUMP_INTR) : datagram);
        }

        boolean consistent = dump(link);

        assertThat(consistent).isFalse();
        assertThat(cookies).hasSize(2);
    }

    @Test
    void goesOnAndSaysSoWhenTheKernelThrewAPartAway() throws KernelException {
        RecordedLink link = RecordedLink.of("close-wait-v4")
                .thenFailing(Errno.ENOBUFS)
                .then(Recorded.datagram("time-wait-v4"))
                .then(Recorded.datagram("done"));

        boolean consistent = dump(link);

        assertThat(consistent).isFalse();
        assertThat(cookies).hasSize(2);
    }

    @Test
    void leavesOutAMessageThatIsTooShort() throws KernelException {
        byte[] stump = withInt(java.util.Arrays.copyOf(Recorded.datagram("time-wait-v4"), 40), 0, 40);

        boolean consistent = dump(new RecordedLink().then(stump).then(Recorded.datagram("done")));

        assertThat(consistent).isTrue();
        assertThat(cookies).isEmpty();
    }

    @Test
    void leavesTheRestOfADatagramThatClaimsMoreThanThereIs() throws KernelException {
        byte[] claims = withInt(joined("time-wait-v4", "close-wait-v4"), 96, 100_000);

        boolean consistent = dump(new RecordedLink().then(claims).then(Recorded.datagram("done")));

        assertThat(consistent).isTrue();
        assertThat(cookies).containsExactly(0x8b71aL);
    }

    @Test
    void ignoresTheEndOfADumpThatWasGivenUpEarlier() throws KernelException {
        byte[] stale = withInt(Recorded.datagram("done"), SEQUENCE, 4_711);
        RecordedLink link = new RecordedLink()
                .thenExactly(stale)
                .then(Recorded.datagram("time-wait-v4"))
                .then(Recorded.datagram("done"));

        assertThat(dump(link)).isTrue();
        assertThat(cookies).hasSize(1);
    }

    @Test
    void failsWithTheErrorADumpEndedWith() {
        byte[] failed = withInt(Recorded.datagram("done"), ERROR, -Errno.ENOMEM.number());

        assertThatExceptionOfType(KernelException.class)
                .isThrownBy(() -> dump(RecordedLink.of("time-wait-v4").then(failed)))
                .withMessage("dump sockets: ENOMEM");
    }

    @Test
    void failsWithTheErrorADumpWasRefusedFor() {
        byte[] refused = withInt(Recorded.datagram("enoent"), ERROR, -Errno.EPERM.number());

        assertThatExceptionOfType(KernelException.class)
                .isThrownBy(() -> dump(new RecordedLink().then(refused)))
                .satisfies(e -> assertThat(e.is(Errno.EPERM)).isTrue());
    }

    @Test
    void doesNotWaitForeverForTheEnd() {
        assertThatExceptionOfType(KernelException.class)
                .isThrownBy(() -> dump(RecordedLink.of("time-wait-v4")))
                .satisfies(e -> assertThat(e.is(Errno.EAGAIN)).isTrue());
    }

    private boolean find(RecordedLink link, SocketId id) throws KernelException {
        try (SockDiag diag = new SockDiag(link)) {
            return diag.find(id, Extent.PLAIN, message -> cookies.add(message.cookie()));
        }
    }

    @Test
    void findsExactlyThisSocket() throws KernelException {
        assertThat(find(RecordedLink.of("listen-v6"), LISTENER)).isTrue();
        assertThat(cookies).containsExactly(LISTENER.cookie());
    }

    @Test
    void doesNotTakeAnotherSocketOnTheSameAddressesForIt() throws KernelException {
        SocketId earlier = new SocketId(LISTENER.family(), LISTENER.local(), LISTENER.peer(), 0, 0x77L);

        assertThat(find(RecordedLink.of("listen-v6"), earlier)).isFalse();
        assertThat(cookies).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 116})
    void findsNothingWhenItIsGoneOrHasAnotherCookie(int errno) throws KernelException {
        byte[] answer = withInt(Recorded.datagram("enoent"), ERROR, -errno);

        assertThat(find(new RecordedLink().then(answer), LISTENER)).isFalse();
    }

    @Test
    void failsToFindWhereItIsNotAllowedToLook() {
        byte[] refused = withInt(Recorded.datagram("enoent"), ERROR, -Errno.EPERM.number());

        assertThatExceptionOfType(KernelException.class)
                .isThrownBy(() -> find(new RecordedLink().then(refused), LISTENER))
                .withMessage("look up [::1]:34529 -> [::]:*: EPERM");
    }

    private static void destroy(RecordedLink link) throws KernelException {
        try (SockDiag diag = new SockDiag(link)) {
            diag.destroy(LISTENER);
        }
    }

    @Test
    void isContentWithAnAcknowledgement() throws KernelException {
        RecordedLink link = RecordedLink.of("ack");

        destroy(link);

        assertThat(link.requests()).hasSize(1);
    }

    @Test
    void reportsThatTheSocketToDestroyIsGone() {
        assertThatExceptionOfType(KernelException.class)
                .isThrownBy(() -> destroy(RecordedLink.of("enoent")))
                .withMessage("destroy [::1]:34529 -> [::]:*: ENOENT")
                .satisfies(e -> assertThat(e.is(Errno.ENOENT)).isTrue());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 95, 133})
    void reportsWhyItMayNotDestroy(int errno) {
        byte[] refused = withInt(Recorded.datagram("enoent"), ERROR, -errno);

        assertThatExceptionOfType(KernelException.class)
                .isThrownBy(() -> destroy(new RecordedLink().then(refused)))
                .satisfies(e -> assertThat(e.errno()).isEqualTo(new Errno(errno)));
    }

    @Test
    void takesOnlyTheAnswerToItsOwnRequest() throws KernelException {
        byte[] stale = withInt(Recorded.datagram("enoent"), SEQUENCE, 4_711);
        RecordedLink link = new RecordedLink().thenExactly(stale).then(Recorded.datagram("ack"));

        destroy(link);

        assertThat(link.requests()).hasSize(1);
    }

    private static List<Errno> destroyMany(RecordedLink link, int count) throws KernelException {
        try (SockDiag diag = new SockDiag(link)) {
            return diag.destroy(Collections.nCopies(count, LISTENER));
        }
    }

    private static byte[] refusal(Errno errno) {
        return withInt(Recorded.datagram("enoent"), ERROR, -errno.number());
    }

    @Test
    void destroysManyWithOneCallOfWhichOnlyTheLastIsAcknowledged() throws KernelException {
        RecordedLink link = RecordedLink.of("ack");

        List<Errno> errors = destroyMany(link, 100);

        assertThat(errors).hasSize(100).containsOnly(Errno.NONE);
        assertThat(link.requests()).hasSize(1);
        ByteBuffer request = ByteBuffer.wrap(link.requests().getFirst()).order(ByteOrder.nativeOrder());
        assertThat(request.remaining()).isEqualTo(100 * InetDiagReq.BYTES);
        assertThat(request.getShort(98 * InetDiagReq.BYTES + FLAGS)).isEqualTo((short) 1);
        assertThat(request.getShort(99 * InetDiagReq.BYTES + FLAGS)).isEqualTo((short) (1 | 4));
        assertThat(request.getInt(99 * InetDiagReq.BYTES + SEQUENCE) - request.getInt(SEQUENCE))
                .isEqualTo(99);
    }

    @Test
    void tellsWhichOfManyWereGoneOrRefused() throws KernelException {
        RecordedLink link = new RecordedLink()
                .thenBefore(3, refusal(Errno.ENOENT))
                .thenBefore(1, refusal(Errno.EPERM))
                .then(Recorded.datagram("ack"));

        assertThat(destroyMany(link, 5)).containsExactly(Errno.NONE, Errno.ENOENT, Errno.NONE, Errno.EPERM, Errno.NONE);
    }

    @Test
    void theLastOfManyMayFailToo() throws KernelException {
        assertThat(destroyMany(new RecordedLink().then(refusal(Errno.EOPNOTSUPP)), 2))
                .containsExactly(Errno.NONE, Errno.EOPNOTSUPP);
    }

    @Test
    void sendsNoMoreAtOnceThanTheAnswersHaveRoom() throws KernelException {
        RecordedLink link = RecordedLink.of("ack", "ack", "ack");

        assertThat(destroyMany(link, 2 * DestroyRequests.BUNCH + 1)).containsOnly(Errno.NONE);
        assertThat(link.requests()).hasSize(3);
    }

    @Test
    void asksAgainOneByOneWhereAnswersWereLost() throws KernelException {
        RecordedLink link = new RecordedLink()
                .thenBefore(2, refusal(Errno.EPERM))
                .thenFailing(Errno.ENOBUFS)
                .then(refusal(Errno.EPERM))
                .then(refusal(Errno.ENOENT))
                .then(Recorded.datagram("ack"));

        assertThat(destroyMany(link, 3)).containsExactly(Errno.EPERM, Errno.NONE, Errno.NONE);
    }

    @Test
    void failsWhereNothingAnswersManyRequests() {
        assertThatExceptionOfType(KernelException.class)
                .isThrownBy(() -> destroyMany(new RecordedLink().thenBefore(1, refusal(Errno.ENOENT)), 2))
                .satisfies(e -> assertThat(e.is(Errno.EAGAIN)).isTrue());
    }
}
