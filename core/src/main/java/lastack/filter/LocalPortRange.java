package lastack.filter;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.StringTokenizer;

/** Reads {@code ip_local_port_range}: two numbers with a tab between; each network namespace has its own. */
final class LocalPortRange {
    private static final int LONGEST = 64;

    private LocalPortRange() {}

    static PortRange read(Path file) throws IOException {
        StringTokenizer numbers = new StringTokenizer(firstRead(file));
        if (numbers.countTokens() != 2) {
            throw new IOException(file + " does not hold two numbers");
        }
        long first = Numeral.decimal(numbers.nextToken());
        long last = Numeral.decimal(numbers.nextToken());
        return new PortRange((int) first, (int) last);
    }

    /** In one read, as the kernel has nothing more to say at any later position ({@code do_proc_dointvec}). */
    private static String firstRead(Path file) throws IOException {
        byte[] buffer = new byte[LONGEST];
        try (InputStream in = Files.newInputStream(file)) {
            int length = in.read(buffer);
            return new String(buffer, 0, Math.max(length, 0), StandardCharsets.US_ASCII);
        }
    }
}
