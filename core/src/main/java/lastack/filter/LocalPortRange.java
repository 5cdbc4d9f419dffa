package lastack.filter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.StringTokenizer;

/** Reads {@code ip_local_port_range}: two numbers with a tab between; each network namespace has its own. */
final class LocalPortRange {
    private LocalPortRange() {}

    static PortRange read(Path file) throws IOException {
        StringTokenizer numbers = new StringTokenizer(Files.readString(file));
        if (numbers.countTokens() != 2) {
            throw new IOException(file + " does not hold two numbers");
        }
        long first = Numeral.decimal(numbers.nextToken());
        long last = Numeral.decimal(numbers.nextToken());
        return new PortRange((int) first, (int) last);
    }
}
