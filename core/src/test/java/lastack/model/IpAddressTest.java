package lastack.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class IpAddressTest {
    private static IpAddress parsed(String text) {
        return IpAddress.of(InetAddress.ofLiteral(text));
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, 0.0.0.0",
        "127.0.0.1, 127.0.0.1",
        "255.255.255.255, 255.255.255.255",
        "10.0.200.1, 10.0.200.1",
        // RFC 5952, section 4: no leading zeros, the longest run, the first of equals, not a single group, lower case.
        "2001:0db8:0000:0000:0000:0000:0002:0001, 2001:db8::2:1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:DB8::ABCD, 2001:db8::abcd",
        "0:0:0:0:0:0:0:0, ::",
        "0:0:0:0:0:0:0:1, ::1",
        "1:0:0:0:0:0:0:0, 1::",
        "0:1:1:1:1:1:1:0, 0:1:1:1:1:1:1:0",
        "fe80:0:0:0:0:0:0:1, fe80::1"
    })
    void writesAsRfc5952Wants(String address, String text) {
        assertThat(parsed(address)).hasToString(text);
    }

    @Test
    void writesAV4MappedAddressWithAQuad() {
        assertThat(IpAddress.v6(0, 0xFFFF_7F00_0001L)).hasToString("::ffff:127.0.0.1");
    }

    @Test
    void writesWhatJavaReadsBack() {
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            // Whole groups of zeros are what makes the text interesting.
            long high = random.nextLong() & mask(random);
            long low = (random.nextLong() & mask(random)) | 1L << 48;
            IpAddress address = IpAddress.v6(high, low);

            assertThat(parsed(address.toString())).isEqualTo(address);
        }
    }

    private static long mask(Random random) {
        long mask = 0;
        for (int group = 0; group < 4; group++) {
            mask = (mask << 16) | (random.nextBoolean() ? 0xFFFF : 0);
        }
        return mask;
    }

    @Test
    void knowsV4MappedAddresses() {
        IpAddress mapped = IpAddress.v6(0, 0xFFFF_0A00_0001L);

        assertThat(mapped.isV4Mapped()).isTrue();
        assertThat(mapped.unmapped()).isEqualTo(parsed("10.0.0.1"));
        assertThat(parsed("::a00:1").isV4Mapped()).isFalse();
        assertThat(parsed("10.0.0.1").isV4Mapped()).isFalse();
        assertThat(parsed("10.0.0.1").unmapped()).isEqualTo(parsed("10.0.0.1"));
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, true", "127.255.0.3, true", "128.0.0.1, false", "::1, true", "::2, false", "0.0.0.1, false"
    })
    void knowsLoopback(String address, boolean loopback) {
        assertThat(parsed(address).isLoopback()).isEqualTo(loopback);
    }

    @Test
    void knowsLoopbackInsideAV4MappedAddress() {
        assertThat(IpAddress.v6(0, 0xFFFF_7F00_0001L).isLoopback()).isTrue();
        assertThat(IpAddress.v6(0, 0xFFFF_0A00_0001L).isLoopback()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3, 10.1.2.3, 32, true",
        "10.1.2.3, 10.1.2.2, 31, true",
        "10.1.2.3, 10.1.2.2, 32, false",
        "10.1.2.3, 11.1.2.3, 7, true",
        "10.1.2.3, 11.1.2.3, 8, false",
        "0.0.0.0, 255.255.255.255, 0, true",
        "2001:db8::1, 2001:db8::2, 126, true",
        "2001:db8::1, 2001:db8::2, 127, false",
        "2001:db8::1, 2001:db8:0:1::1, 63, true",
        "2001:db8::1, 2001:db8:0:1::1, 64, false",
        "::, ffff::, 0, true",
        "::, 0.0.0.0, 0, false"
    })
    void comparesPrefixesWithinAFamily(String one, String other, int bits, boolean shared) {
        assertThat(parsed(one).sharesPrefix(parsed(other), bits)).isEqualTo(shared);
        assertThat(parsed(other).sharesPrefix(parsed(one), bits)).isEqualTo(shared);
    }
}
