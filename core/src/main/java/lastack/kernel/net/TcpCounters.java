package lastack.kernel.net;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The {@code TcpExt} counters of a network namespace since it was made ({@code /proc/net/netstat}, linux/snmp.h). */
public final class TcpCounters {
    private static final String PREFIX = "TcpExt:";

    /** Nothing was counted. */
    public static final TcpCounters NONE = new TcpCounters(Map.of());

    private final Map<String, Long> counters;

    private TcpCounters(Map<String, Long> counters) {
        this.counters = counters;
    }

    /** Those of the calling thread's namespace; none when they cannot be read. */
    public static TcpCounters read() {
        try {
            return parse(Files.readAllLines(Path.of("/proc/thread-self/net/netstat")));
        } catch (IOException e) {
            return NONE;
        }
    }

    /** A line of names, and below it a line of numbers. */
    static TcpCounters parse(List<String> lines) {
        Map<String, Long> counters = new HashMap<>();
        for (int i = 0; i + 1 < lines.size(); i++) {
            if (lines.get(i).startsWith(PREFIX) && counters.isEmpty()) {
                String[] names = lines.get(i).split(" ", -1);
                String[] numbers = lines.get(i + 1).split(" ", -1);
                for (int word = 1; word < Math.min(names.length, numbers.length); word++) {
                    counters.put(names[word], Long.parseLong(numbers[word]));
                }
            }
        }
        return new TcpCounters(counters);
    }

    /** The counter of this name; 0 where this kernel has none. */
    public long of(String name) {
        return counters.getOrDefault(name, 0L);
    }
}
