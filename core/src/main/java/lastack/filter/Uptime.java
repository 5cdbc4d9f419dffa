package lastack.filter;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The time since boot, which no change of the clock moves.
 *
 * @param millis what it was when it was read, a hundredth of a second less at most
 * @param readAt {@link System#nanoTime} then
 */
public record Uptime(long millis, long readAt) {
    /** Reads {@code /proc/uptime} (proc_uptime(5)): seconds with two digits behind the point, then the idle time. */
    public static Uptime read() throws IOException {
        return read(Path.of("/proc/uptime"));
    }

    static Uptime read(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.US_ASCII);
        long readAt = System.nanoTime();
        String seconds = text.substring(0, text.indexOf(' ')).replace(".", "");
        return new Uptime(Long.parseLong(seconds) * 10, readAt);
    }

    /** What it is now. */
    public long nowMillis() {
        return millis + (System.nanoTime() - readAt) / 1_000_000;
    }
}
