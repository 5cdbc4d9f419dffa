package lastack.kernel.trace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;

/** The CPUs that are on; one may be switched on at any time. */
final class OnlineCpus {
    private static final Path LIST = Path.of("/sys/devices/system/cpu/online");

    private OnlineCpus() {}

    /** Their numbers; where {@code /sys} cannot be read, those from 0 on that Java counts. */
    static BitSet now() {
        try {
            return parse(Files.readString(LIST, StandardCharsets.US_ASCII));
        } catch (IOException | NumberFormatException e) {
            BitSet counted = new BitSet();
            counted.set(0, Runtime.getRuntime().availableProcessors());
            return counted;
        }
    }

    /** {@code 0-3,5} */
    static BitSet parse(String list) {
        BitSet cpus = new BitSet();
        for (String range : list.trim().split(",", -1)) {
            int dash = range.indexOf('-');
            int first = Integer.parseInt(dash < 0 ? range : range.substring(0, dash));
            int last = dash < 0 ? first : Integer.parseInt(range.substring(dash + 1));
            cpus.set(first, last + 1);
        }
        return cpus;
    }
}
