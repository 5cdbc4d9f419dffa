package lastack.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import lastack.launch.Command;

/**
 * What this process was started with, byte for byte: Java decodes arguments by the locale, and in {@code LC_ALL=C} whatever is
 * not ASCII is lost.
 */
final class OwnCommandLine {
    /** The launcher puts this before the names of variables that a JVM would take for itself. */
    private static final String KEPT = "LASTACK_KEPT_";

    private OwnCommandLine() {}

    /** The program at the end of it, with everything it shall be started with. */
    static Command last(int count) throws IOException {
        List<byte[]> words = zeroTerminated(Path.of("/proc/self/cmdline"));
        List<byte[]> environment = new ArrayList<>();
        for (byte[] entry : zeroTerminated(Path.of("/proc/self/environ"))) {
            environment.add(unwrapped(entry));
        }
        return new Command(
                words.subList(words.size() - count, words.size()),
                environment,
                signals("lastack.signals.blocked"),
                signals("lastack.signals.ignored"));
    }

    /** The JVM with its options and one more, up to the main class: what starts another lastack. */
    static List<String> launcher(String option) throws IOException {
        List<String> launcher = new ArrayList<>();
        for (byte[] word : zeroTerminated(Path.of("/proc/self/cmdline"))) {
            launcher.add(new String(word, StandardCharsets.UTF_8));
            if (launcher.getLast().equals(Main.class.getName())) {
                launcher.add(launcher.size() - 1, option);
                return launcher;
            }
        }
        throw new IOException("this JVM was not started with " + Main.class.getName());
    }

    private static List<byte[]> zeroTerminated(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        List<byte[]> words = new ArrayList<>();
        int start = 0;
        for (int end = 0; end < bytes.length; end++) {
            if (bytes[end] == 0) {
                words.add(Arrays.copyOfRange(bytes, start, end));
                start = end + 1;
            }
        }
        return words;
    }

    private static byte[] unwrapped(byte[] entry) {
        byte[] kept = KEPT.getBytes(StandardCharsets.US_ASCII);
        boolean wrapped = entry.length >= kept.length && Arrays.equals(entry, 0, kept.length, kept, 0, kept.length);
        return wrapped ? Arrays.copyOfRange(entry, kept.length, entry.length) : entry;
    }

    /** Hexadecimal, as {@code /proc/PID/status} has it. */
    private static long signals(String property) {
        return Long.parseUnsignedLong(System.getProperty(property, "0"), 16);
    }
}
