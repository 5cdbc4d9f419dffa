package lastack.kernel.conntrack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import lastack.kernel.KernelException;
import lastack.kernel.diag.Recorded;
import lastack.kernel.diag.RecordedLink;
import lastack.model.Endpoint;
import lastack.model.Family;
import lastack.model.Flow;
import lastack.model.ForwardedConnection;
import lastack.model.IpAddress;
import lastack.model.TrackedState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes as the kernel sent them, whole, cut short and damaged. */
final class ConntrackTest {
    private static final String FOLDER = "/lastack/kernel/conntrack/";
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final ForwardedConnection DNAT = new ForwardedConnection(
            0xB3476DC9,
            TrackedState.ESTABLISHED,
            new Flow(end("10.77.1.1", 55_256), end("10.77.1.2", 8_080)),
            new Flow(end("10.77.2.2", 80), end("10.77.2.1", 55_256)),
            431_999,
            0,
            0x1BE,
            0);

    private static Endpoint end(String address, int port) {
        return new Endpoint(IpAddress.of(InetAddress.ofLiteral(address)), port);
    }

    private static byte[] recorded(String name) {
        return Recorded.datagram(FOLDER + name);
    }

    private static List<ForwardedConnection> listed(byte[]... datagrams) throws KernelException {
        RecordedLink link = new RecordedLink();
        for (byte[] datagram : datagrams) {
            link.then(datagram);
        }
        List<ForwardedConnection> found = new ArrayList<>();
        try (Conntrack conntrack = new Conntrack(link)) {
            conntrack.dump(Family.INET, found::add);
        }
        return found;
    }

    @Test
    void readsBothSidesOfATranslatedConnection() throws KernelException {
        List<ForwardedConnection> found = listed(recorded("dnat-v4"), Recorded.datagram("done"));

        assertThat(found).containsExactly(DNAT);
        assertThat(DNAT.translated()).isTrue();
        assertThat(DNAT.answered()).isTrue();
        assertThat(DNAT.server()).isEqualTo(end("10.77.2.2", 80));
    }

    @Test
    void readsIpv6() throws KernelException {
        ForwardedConnection found =
                listed(recorded("snat-v6"), Recorded.datagram("done")).getFirst();

        assertThat(found.original()).isEqualTo(new Flow(end("fd77:0:0:1::1", 53_966), end("fd77:0:0:2::2", 81)));
        assertThat(found.reply()).isEqualTo(new Flow(end("fd77:0:0:2::2", 81), end("fd77:0:0:2::1", 53_966)));
        assertThat(found.family()).isEqualTo(Family.INET6);
    }

    @Test
    void passesOverWhatIsNotTcp() throws KernelException {
        byte[] udp = recorded("dnat-v4");
        udp[52] = 17; // CTA_PROTO_NUM of the original direction

        assertThat(listed(udp, Recorded.datagram("done"))).isEmpty();
    }

    @Test
    void aRefusalCarriesItsReason() {
        assertThatThrownBy(() -> listed(Recorded.datagram("enoent")))
                .isInstanceOf(KernelException.class)
                .hasMessageContaining("list conntrack")
                .hasMessageContaining("ENOENT");
    }

    @Test
    void findsOnlyTheSameEntryAndNotItsSuccessor() throws KernelException {
        ForwardedConnection successor = new ForwardedConnection(
                1, DNAT.state(), DNAT.original(), DNAT.reply(), DNAT.timeoutSeconds(), 0, DNAT.status(), 0);
        RecordedLink link = new RecordedLink().then(recorded("dnat-v4")).then(recorded("dnat-v4"));
        try (Conntrack conntrack = new Conntrack(link)) {

            assertThat(conntrack.find(DNAT)).contains(DNAT);
            assertThat(conntrack.find(successor)).isEmpty();
        }
    }

    /** The tuple in a request is laid out as the kernel lays out its own, byte for byte. */
    @Test
    void asksForATupleInTheKernelsOwnForm() {
        ByteBuffer request = CtnetlinkReq.find(1, DNAT.original(), DNAT.zone());
        byte[] tuple = new byte[request.limit() - 20];
        request.get(20, tuple);

        assertThat(tuple).isEqualTo(Arrays.copyOfRange(recorded("dnat-v4"), 20, 20 + 52));
    }

    @Test
    void deletesByTheEntrysOwnNumber() {
        ByteBuffer request = CtnetlinkReq.delete(1, DNAT);
        int at = request.limit() - 8;

        assertThat(request.getShort(4)).isEqualTo((short) 0x102);
        assertThat(request.getShort(at + 2)).isEqualTo((short) CtnetlinkMsg.CTA_ID);
        assertThat(request.order(ByteOrder.BIG_ENDIAN).getInt(at + 4)).isEqualTo(0xB3476DC9);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void damagedAndTruncatedEntriesAreNoHarm(long seed) {
        Random random = new Random(seed);

        assertTimeoutPreemptively(SOON, () -> {
            for (int round = 0; round < 20_000; round++) {
                byte[] bytes = recordedDamaged(random);
                ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
                CtnetlinkMsg.decode(buffer, 16, random.nextInt(16, bytes.length + 1));
            }
        });
    }

    private static byte[] recordedDamaged(Random random) {
        byte[] bytes = random.nextBoolean() ? DAMAGED_V4.clone() : DAMAGED_V6.clone();
        for (int changes = random.nextInt(6); changes > 0; changes--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    private static final byte[] DAMAGED_V4 = recorded("dnat-v4");
    private static final byte[] DAMAGED_V6 = recorded("snat-v6");

    @ParameterizedTest
    @ValueSource(longs = {4, 5})
    void randomBytesAreNoHarm(long seed) {
        Random random = new Random(seed);

        assertTimeoutPreemptively(SOON, () -> {
            for (int round = 0; round < 20_000; round++) {
                byte[] bytes = new byte[16 + random.nextInt(512)];
                random.nextBytes(bytes);
                CtnetlinkMsg.decode(ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()), 16, bytes.length);
            }
        });
    }
}
