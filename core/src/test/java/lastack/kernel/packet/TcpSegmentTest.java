package lastack.kernel.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Random;
import lastack.model.IpAddress;
import org.junit.jupiter.api.Test;

/** Segments as bytes: what is made is what is read, and no bytes at all do harm. */
final class TcpSegmentTest {
    private static final FourTuple V4 = new FourTuple(IpAddress.v4(0x0A000001), 80, IpAddress.v4(0x0A000002), 51_812);
    private static final FourTuple V6 =
            new FourTuple(IpAddress.v6(0xFD77_0000_0000_0000L, 1), 80, IpAddress.v6(0xFD77_0000_0000_0000L, 2), 51_812);

    /** A SYN of {@code nc 127.0.0.1 9999}, captured with tcpdump -x on lo (Linux 6.18). */
    private static final String SYN = "4500003c 9a4d4000 4006a26c 7f000001 7f000001"
            + "c9d4270f 3f4b2f8a 00000000 a002ffd7 fe300000 0204ffd7 0402080a 3c1f2d4e 00000000 01030307";

    private static byte[] bytes(ByteBuffer packet) {
        byte[] bytes = new byte[packet.remaining()];
        packet.get(packet.position(), bytes);
        return bytes;
    }

    private static ByteBuffer direct(byte... bytes) {
        return ByteBuffer.allocateDirect(bytes.length).put(0, bytes);
    }

    @Test
    void writesAnIpv4ResetWithItsChecksum() {
        ByteBuffer packet = TcpSegment.encode(V4, 0x01020304, 0, TcpSegment.RST, 0);

        assertThat(HexFormat.of().formatHex(bytes(packet)))
                .isEqualTo("450000280000400040060000" + "0a0000010a000002" + "0050ca64" + "01020304" + "00000000"
                        + "50040000" + checksumOf(packet, 12) + "0000");
        assertThat(packet.remaining()).isEqualTo(40);
    }

    @Test
    void writesAnIpv6SegmentWithItsChecksum() {
        ByteBuffer packet = TcpSegment.encode(V6, 7, 9, TcpSegment.SYN | TcpSegment.ACK, 0xFFFF);

        assertThat(packet.remaining()).isEqualTo(60);
        assertThat(HexFormat.of().toHexDigits(packet.getShort(56))).isEqualTo(checksumOf(packet, 8));
    }

    /** RFC 1071 by the book: all words but the checksum itself, summed up in ones' complement. */
    private static String checksumOf(ByteBuffer packet, int addresses) {
        long sum = 6 + 20;
        for (int at = addresses; at < packet.limit(); at += 2) {
            sum += at == packet.limit() - 4 ? 0 : packet.getShort(at) & 0xFFFF;
        }
        while (sum >>> 16 != 0) {
            sum = (sum & 0xFFFF) + (sum >>> 16);
        }
        return HexFormat.of().toHexDigits((short) ~sum);
    }

    @Test
    void readsWhatItWrote() {
        for (FourTuple tuple : new FourTuple[] {V4, V6}) {
            ByteBuffer packet = TcpSegment.encode(tuple, -2, 0x80000000, TcpSegment.RST | TcpSegment.ACK, 0);
            TcpSegment segment = new TcpSegment(packet);

            assertThat(segment.wrap(packet.limit())).isTrue();

            assertThat(segment.tuple()).isEqualTo(tuple);
            assertThat(segment.sequence()).isEqualTo(-2);
            assertThat(segment.acknowledgement()).isEqualTo(0x80000000);
            assertThat(segment.has(TcpSegment.RST | TcpSegment.ACK)).isTrue();
            assertThat(segment.has(TcpSegment.SYN)).isFalse();
            assertThat(segment).hasToString(tuple + " RST,ACK seq 4294967294 ack 2147483648");
        }
    }

    @Test
    void readsAHeaderWithOptions() {
        byte[] syn = HexFormat.of().parseHex(SYN.replace(" ", ""));
        TcpSegment segment = new TcpSegment(direct(syn));

        assertThat(segment.wrap(syn.length)).isTrue();

        assertThat(segment).hasToString("127.0.0.1:51668 > 127.0.0.1:9999 SYN seq 1061891978 ack 0");
    }

    @Test
    void takesTheUnmappedAddressAndOnlyOneFamily() {
        IpAddress mapped = IpAddress.v6(0, 0xFFFF_7F00_0001L);

        FourTuple tuple = new FourTuple(mapped, 1, IpAddress.v4(0x7F000001), 2);

        assertThat(tuple.source()).hasToString("127.0.0.1");
        assertThatThrownBy(() -> new FourTuple(V6.source(), 1, V4.source(), 2))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isNotFooledByWhatIsCutShort() {
        for (FourTuple tuple : new FourTuple[] {V4, V6}) {
            ByteBuffer packet = TcpSegment.encode(tuple, 1, 2, TcpSegment.ACK, 0);
            TcpSegment segment = new TcpSegment(packet);

            for (int length = 0; length < packet.limit(); length++) {
                assertThat(segment.wrap(length)).isFalse();
            }
            assertThat(segment.wrap(packet.limit() + 1)).isFalse();
        }
    }

    @Test
    void isNotFooledByOtherProtocolsAndFragments() {
        ByteBuffer udp = TcpSegment.encode(V4, 1, 2, TcpSegment.ACK, 0).put(9, (byte) 17);
        ByteBuffer fragment = TcpSegment.encode(V4, 1, 2, TcpSegment.ACK, 0).putShort(6, (short) 100);
        ByteBuffer extended = TcpSegment.encode(V6, 1, 2, TcpSegment.ACK, 0).put(6, (byte) 43);

        assertThat(new TcpSegment(udp).wrap(udp.limit())).isFalse();
        assertThat(new TcpSegment(fragment).wrap(fragment.limit())).isFalse();
        assertThat(new TcpSegment(extended).wrap(extended.limit())).isFalse();
    }

    @Test
    void readsAnyBytesWithoutHarm() {
        Random random = new Random(6);
        int segments = 0;
        for (int round = 0; round < 200_000; round++) {
            byte[] bytes = new byte[1 + random.nextInt(TcpSegment.MOST_HEADER_BYTES)];
            random.nextBytes(bytes);
            bytes[0] = random.nextBoolean() ? bytes[0] : (byte) (random.nextBoolean() ? 0x45 : 0x60);
            TcpSegment segment = new TcpSegment(direct(bytes));

            if (segment.wrap(bytes.length)) {
                segments++;
                assertThat(segment.toString()).contains(" seq ");
            }
        }
        assertThat(segments).isPositive();
    }
}
