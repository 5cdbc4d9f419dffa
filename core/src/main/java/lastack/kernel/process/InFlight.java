package lastack.kernel.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import lastack.kernel.KernelException;

/**
 * Unix sockets in whose queue descriptors wait that were sent (SCM_RIGHTS) and not received: {@code scm_fds} of
 * {@code /proc/PID/fdinfo/FD} (Linux 5.11). Reads one file for every socket on the host: for rare questions only.
 */
public final class InFlight {
    private static final String FIELD = "scm_fds:";

    private InFlight() {}

    /** {@code actor[12] fd 7} for each that has some. */
    public static List<String> find() {
        Collector collector = new Collector();
        try {
            new FdWalk(collector).overAllProcesses();
        } catch (KernelException e) {
            return List.of();
        }
        return collector.found;
    }

    private static final class Collector implements FdWalk.Visitor {
        private final List<String> found = new ArrayList<>();
        private final Set<Long> seen = new HashSet<>();

        @Override
        public void socket(int pid, int fd, long inode) {
            if (seen.add(inode) && hasSome(pid, fd)) {
                found.add(name(pid) + '[' + pid + "] fd " + fd);
            }
        }

        private static boolean hasSome(int pid, int fd) {
            String info = text(Path.of("/proc/" + pid + "/fdinfo/" + fd));
            int at = info.indexOf(FIELD);
            return at >= 0
                    && !info.substring(at + FIELD.length()).stripLeading().startsWith("0");
        }

        private static String name(int pid) {
            return text(Path.of("/proc/" + pid + "/comm")).strip();
        }

        private static String text(Path path) {
            try {
                return new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
            } catch (IOException e) {
                return "";
            }
        }

        @Override
        public void unreadable(int pid) {}

        @Override
        public void vanished(int pid) {}
    }
}
