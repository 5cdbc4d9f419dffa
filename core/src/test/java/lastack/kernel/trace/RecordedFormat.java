package lastack.kernel.trace;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;

/** What Linux 6.18 on x86-64 says of the tracepoint, and some of its records. */
final class RecordedFormat {
    /** An IPv4 socket, 127.0.0.1:54670 to 127.0.0.1:32195, from SYN-SENT to ESTABLISHED. */
    static final String CONNECTED_V4 =
            "ef080001f9620000c065c35a8188ffff02000000010000008ed57dc3020006007f0000017f000001"
                    + "00000000000000000000ffff7f00000100000000000000000000ffff7f00000100000000";

    /** An IPv6 socket, ::1 port 55093 from port 53244, from SYN-RECV to ESTABLISHED; the IPv4 fields hold leftovers. */
    static final String ACCEPTED_V6 = "ef081003f9620000409d5f028188ffff030000000100000035d7fcce0a0006007f0000067f000006"
            + "000000000000000000000000000000010000000000000000000000000000000100000000";

    private RecordedFormat() {}

    static String text() throws IOException {
        try (InputStream in = RecordedFormat.class.getResourceAsStream("inet_sock_set_state.format")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    static ByteBuffer bytes(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex)).order(ByteOrder.nativeOrder());
    }
}
