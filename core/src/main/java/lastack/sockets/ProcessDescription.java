package lastack.sockets;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import lastack.kernel.process.Privileges;
import lastack.kernel.process.ProcStat;
import lastack.model.Owner;
import lastack.model.ProcessId;
import org.jspecify.annotations.Nullable;

/** What {@code /proc} tells about one process, read once and shared by all its descriptors. */
record ProcessDescription(
        ProcessId id,
        String comm,
        String cmdline,
        int uid,
        String user,
        @Nullable String container,
        boolean jvm) {
    private static final int CONTAINER_ID_LENGTH = 64;

    /** Reads it; nothing when the process has ended. */
    static Optional<ProcessDescription> read(int pid, Users users) {
        Path proc = Path.of("/proc/" + pid);
        try {
            ProcStat stat = ProcStat.read(pid);
            int uid = Privileges.parse(Files.readString(proc.resolve("status"), StandardCharsets.ISO_8859_1))
                    .uid();
            return Optional.of(new ProcessDescription(
                    new ProcessId(pid, stat.startTime()),
                    stat.comm(),
                    textOrEmpty(proc.resolve("cmdline")).replace('\0', ' ').trim(),
                    uid,
                    users.nameOf(uid),
                    containerId(textOrEmpty(proc.resolve("cgroup"))),
                    runsJava(proc)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    Owner holding(int fd) {
        return new Owner(id, comm, cmdline, uid, user, fd, container, jvm);
    }

    /** The 64 hex digits container runtimes put into the cgroup path, or null. */
    static @Nullable String containerId(String cgroup) {
        int run = 0;
        for (int i = 0; i < cgroup.length(); i++) {
            run = Character.digit(cgroup.charAt(i), 16) >= 0 ? run + 1 : 0;
            if (run == CONTAINER_ID_LENGTH) {
                return cgroup.substring(i + 1 - CONTAINER_ID_LENGTH, i + 1);
            }
        }
        return null;
    }

    private static boolean runsJava(Path proc) {
        try {
            return Files.readSymbolicLink(proc.resolve("exe")).endsWith("java");
        } catch (IOException e) {
            return false;
        }
    }

    private static String textOrEmpty(Path path) {
        try {
            return new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
