package lastack.kernel.net;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the kernel has counted for a network namespace (linux/snmp.h): in {@code /proc/net/netstat} since that was made, in {@code
 * /proc/net/sockstat} now.
 *
 * @param byName such as {@code TcpExt.ListenOverflows} and {@code TCP.orphan}
 */
public record NetCounters(Map<String, Long> byName) {
    // Not /proc/net: that is the namespace of the first thread.
    private static final Path FOLDER = Path.of("/proc/thread-self/net");

    /** Nothing was counted. */
    public static final NetCounters NONE = new NetCounters(Map.of());

    /** Keeps them as they are. */
    public NetCounters {
        byName = Map.copyOf(byName);
    }

    /** Those of the calling thread's namespace; none from a file that cannot be read. */
    public static NetCounters read() {
        return parse(lines("netstat"), lines("sockstat"));
    }

    private static List<String> lines(String file) {
        try {
            return Files.readAllLines(FOLDER.resolve(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return List.of();
        }
    }

    static NetCounters parse(List<String> netstat, List<String> sockstat) {
        Map<String, Long> counters = new HashMap<>();
        addPairsOfLines(netstat, counters);
        addPairsOfWords(sockstat, counters);
        return new NetCounters(counters);
    }

    /** A line of names, then a line of numbers, both behind the same title. */
    private static void addPairsOfLines(List<String> lines, Map<String, Long> counters) {
        for (int i = 0; i + 1 < lines.size(); i += 2) {
            String[] names = lines.get(i).split(" ", -1);
            String[] numbers = lines.get(i + 1).split(" ", -1);
            for (int k = 1; k < Math.min(names.length, numbers.length); k++) {
                add(names[0], names[k], numbers[k], counters);
            }
        }
    }

    /** {@code TCP: inuse 5 orphan 0 tw 3}. */
    private static void addPairsOfWords(List<String> lines, Map<String, Long> counters) {
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

    /** The counter of this name; 0 where this kernel has none. */
    public long of(String name) {
        return byName.getOrDefault(name, 0L);
    }
}
