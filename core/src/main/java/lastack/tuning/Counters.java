package lastack.tuning;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the kernel has counted ({@code /proc/net/netstat} since the namespace was made, {@code /proc/net/sockstat} now). */
final class Counters {
    // Not /proc/net: that is the namespace of the first thread.
    private static final Path NETSTAT = Path.of("/proc/thread-self/net/netstat");
    private static final Path SOCKSTAT = Path.of("/proc/thread-self/net/sockstat");

    private Counters() {}

    /** All of them by name: {@code TcpExt.ListenOverflows}, {@code TCP.orphan}; none from a file that cannot be read. */
    static Map<String, Long> read() {
        Map<String, Long> counters = new HashMap<>();
        addPairsOfLines(lines(NETSTAT), counters);
        addPairsOfWords(lines(SOCKSTAT), counters);
        return counters;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return List.of();
        }
    }

    /** A line of names, then a line of numbers, both behind the same title. */
    static void addPairsOfLines(List<String> lines, Map<String, Long> counters) {
        for (int i = 0; i + 1 < lines.size(); i += 2) {
            String[] names = lines.get(i).split(" ", -1);
            String[] numbers = lines.get(i + 1).split(" ", -1);
            for (int k = 1; k < Math.min(names.length, numbers.length); k++) {
                add(names[0], names[k], numbers[k], counters);
            }
        }
    }

    /** {@code TCP: inuse 5 orphan 0 tw 3}. */
    static void addPairsOfWords(List<String> lines, Map<String, Long> counters) {
        for (String line : lines) {
            String[] words = line.split(" ", -1);
            for (int k = 1; k + 1 < words.length; k += 2) {
                add(words[0], words[k], words[k + 1], counters);
            }
        }
    }

    private static void add(String title, String name, String number, Map<String, Long> counters) {
        try {
            counters.put(title.replace(':', '.') + name, Long.parseLong(number));
        } catch (NumberFormatException e) {
            // Not a number: a counter of a later kernel that we have no use for.
            counters.remove(title.replace(':', '.') + name);
        }
    }
}
