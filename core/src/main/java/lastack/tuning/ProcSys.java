package lastack.tuning;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** {@code /proc/sys} as the calling thread's network namespace has it. */
final class ProcSys {
    private static final Path ROOT = Path.of("/proc/sys");

    private ProcSys() {}

    /** The value in its normal spelling; nothing where this kernel or this namespace does not have the setting. */
    static Optional<String> read(Setting setting) throws IOException {
        try (BufferedReader file = Files.newBufferedReader(path(setting.sysctl()), StandardCharsets.US_ASCII)) {
            String line = file.readLine();
            return Optional.of(normal(setting, line == null ? "" : line));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** A value beyond what lastack would write is shown as it is. */
    private static String normal(Setting setting, String line) {
        try {
            return setting.form().normal(line);
        } catch (InvalidSettingException e) {
            return line.trim();
        }
    }

    /** Writes in one go: a second write would be a second value. */
    static void write(Setting setting, String value) throws IOException {
        byte[] line = (value + "\n").getBytes(StandardCharsets.US_ASCII);
        Files.write(path(setting.sysctl()), line, StandardOpenOption.WRITE);
    }

    private static Path path(String sysctl) {
        return ROOT.resolve(sysctl.replace('.', '/'));
    }

    /** A number below {@code /proc/sys}, or -1. */
    static long number(String sysctl) {
        try (BufferedReader file = Files.newBufferedReader(path(sysctl), StandardCharsets.US_ASCII)) {
            return Long.parseLong(String.valueOf(file.readLine()).trim());
        } catch (IOException | NumberFormatException e) {
            return -1;
        }
    }
}
