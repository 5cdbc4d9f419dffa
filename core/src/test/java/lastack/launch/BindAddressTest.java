package lastack.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a program hands to bind. */
final class BindAddressTest {
    private static final String LOOPBACK_4 = "0200" + "1f90" + "7f000001";
    private static final String LOOPBACK_6 = "0a00" + "1f90" + "00000000" + "00".repeat(15) + "01" + "00000000";

    private static BindAddress decoded(String hex) {
        BindAddress address = BindAddress.decode(bytes(hex));
        assertThat(address).isNotNull();
        return java.util.Objects.requireNonNull(address);
    }

    /** The family stands in the machine's order, here little endian. */
    private static ByteBuffer bytes(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex)).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Test
    void readsBothFamilies() {
        assertThat(decoded(LOOPBACK_4).local()).hasToString("127.0.0.1:8080");
        assertThat(decoded(LOOPBACK_6).local()).hasToString("[::1]:8080");
    }

    @ParameterizedTest
    @CsvSource({"''", "02", "02001f90", "01001f9000000000", "0a001f900000000000000000"})
    void knowsNothingElse(String hex) {
        assertThat(BindAddress.decode(bytes(hex))).isNull();
    }
}
