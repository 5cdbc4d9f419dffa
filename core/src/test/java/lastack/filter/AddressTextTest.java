package lastack.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Random;
import lastack.model.IpAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTextTest {
    @ParameterizedTest
    @CsvSource({
        "1.2.3.4, 1.2.3.4",
        "10, 10.0.0.0",
        "10.1, 10.1.0.0",
        "0x7f.0.0.1, 127.0.0.1",
        "0177.1, 127.1.0.0",
        "::, ::",
        "::1, ::1",
        "1::, 1::",
        "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
        "2001:DB8::a, 2001:db8::a",
        "::1.2.3.4, ::102:304",
        "::ffff:1.2.3.4, ::ffff:1.2.3.4",
        "1:2:3:4:5:6:1.2.3.4, 1:2:3:4:5:6:102:304",
        "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
        "::2:3:4:5:6:7:8, 0:2:3:4:5:6:7:8",
    })
    void readsAddresses(String text, String expected) {
        IpAddress address = AddressText.parse(text);

        assertThat(address).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "1.",
                "1..2",
                "1.2.3.4.5",
                "256",
                "a",
                "1.2.3.x",
                ":",
                ":::",
                "1:",
                ":1",
                "1:2",
                "1::2::3",
                "::g",
                "12345::",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7:8::",
                "::1:2:3:4:5:6:7:8",
                "::1.2.3",
                "::1.2.3.4:5",
                "1:2:3:4:5:6:7:1.2.3.4",
                "::1.2.3.256",
                "::0x1.2.3.4",
                "fe80::1%eth0",
                "[::1]",
                "::\u0661",
                "::1.2.3.",
                "::.1.2.3",
            })
    void refusesWhatIsNoAddress(String text) {
        IpAddress address = AddressText.parse(text);

        assertThat(address).isNull();
    }

    @Test
    void readsWhatTheJdkPrints() throws UnknownHostException {
        Random random = new Random(3);

        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = new byte[16];
            for (int j = random.nextInt(16); j < 16; j += 1 + random.nextInt(3)) {
                bytes[j] = (byte) random.nextInt(256);
            }
            InetAddress address = InetAddress.getByAddress(bytes);
            IpAddress expected = IpAddress.of(address);

            assertThat(AddressText.parse(address.getHostAddress())).isEqualTo(expected);
            assertThat(AddressText.parse(expected.toString())).isEqualTo(expected);
        }
    }
}
