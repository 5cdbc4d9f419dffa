package lastack.kernel.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a process may do ({@code capabilities(7)}, {@code /proc/PID/status}).
 *
 * @param uid its effective user id
 * @param capabilities its effective capabilities, bit n for capability n of {@code linux/capability.h}
 */
public record Privileges(int uid, long capabilities) {
    public static final int CAP_DAC_READ_SEARCH = 2;
    public static final int CAP_KILL = 5;
    public static final int CAP_NET_BIND_SERVICE = 10;
    public static final int CAP_NET_ADMIN = 12;
    public static final int CAP_NET_RAW = 13;
    public static final int CAP_SYS_PTRACE = 19;
    public static final int CAP_SYS_ADMIN = 21;

    /** Linux 5.8; before it {@code CAP_SYS_ADMIN} alone. */
    public static final int CAP_PERFMON = 38;

    /** Those of lastack itself; none when {@code /proc} cannot be read. */
    public static Privileges own() {
        try {
            return parse(Files.readString(Path.of("/proc/self/status"), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return new Privileges(-1, 0);
        }
    }

    /** Those a {@code /proc/PID/status} tells of. */
    public static Privileges parse(String status) {
        int uid = Integer.parseUnsignedInt(field(status, "Uid:").split("\\s+", 3)[1]);
        return new Privileges(uid, Long.parseUnsignedLong(field(status, "CapEff:"), 16));
    }

    private static String field(String status, String name) {
        int start = status.indexOf("\n" + name) + 1 + name.length();
        return status.substring(start, status.indexOf('\n', start)).trim();
    }

    /** Whether the capability is effective. */
    public boolean has(int capability) {
        return ((capabilities >>> capability) & 1) != 0;
    }

    /** Whether {@code /proc/PID/fd} of every process can be read. */
    public boolean seesAllDescriptors() {
        return has(CAP_SYS_PTRACE) && has(CAP_DAC_READ_SEARCH);
    }
}
