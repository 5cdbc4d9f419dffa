package lastack.kernel;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** {@code /proc/sys} as the calling thread's network namespace has it. */
public final class ProcSys {
    private static final Path ROOT = Path.of("/proc/sys");

    private ProcSys() {}

    /** Where a setting is: {@code net.ipv4.tcp_tw_reuse} in {@code /proc/sys/net/ipv4/tcp_tw_reuse}. */
    public static Path path(String sysctl) {
        return ROOT.resolve(sysctl.replace('.', '/'));
    }

    /** The line a setting consists of; nothing where this kernel or this namespace does not have it. */
    public static Optional<String> line(String sysctl) throws IOException {
        // A reader, since such files answer only the first read.
        try (BufferedReader file = Files.newBufferedReader(path(sysctl), StandardCharsets.US_ASCII)) {
            String line = file.readLine();
            return Optional.of(line == null ? "" : line.trim());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** The same line, or {@code otherwise} where it cannot be read. */
    public static String line(String sysctl, String otherwise) {
        try {
            return line(sysctl).orElse(otherwise);
        } catch (IOException e) {
            return otherwise;
        }
    }

    /** A setting that is one number; {@code otherwise} where it cannot be read, or is none. */
    public static long number(String sysctl, long otherwise) {
        try {
            return Long.parseLong(line(sysctl).orElse(""));
        } catch (IOException | NumberFormatException e) {
            return otherwise;
        }
    }
}
