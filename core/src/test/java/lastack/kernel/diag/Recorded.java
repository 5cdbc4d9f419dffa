package lastack.kernel.diag;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Datagrams as the kernel sent them, in commented hex beside this class. */
public final class Recorded {
    private Recorded() {}

    /** The bytes of {@code NAME.hex}; whatever stands behind a {@code #} is a comment. */
    public static byte[] datagram(String name) {
        StringBuilder digits = new StringBuilder();
        for (String line : text(name).lines().toList()) {
            digits.append(line.split("#", 2)[0].replace(" ", ""));
        }
        return HexFormat.of().parseHex(digits);
    }

    private static String text(String name) {
        try (InputStream file = Recorded.class.getResourceAsStream(name + ".hex")) {
            if (file == null) {
                throw new IllegalArgumentException("no recording " + name);
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
