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
import lastack.model.Workload;

/** What {@code /proc} tells about one process, read once and shared by all its descriptors. */
record ProcessDescription(
        ProcessId id,
        String comm,
        String cmdline,
        int uid,
        String user,
        Workload workload,
        int pidInside,
        boolean jvm) {
    /** Reads it; nothing when the process has ended. */
    static Optional<ProcessDescription> read(int pid, Users users) {
        Path proc = Path.of("/proc/" + pid);
        try {
            ProcStat stat = ProcStat.read(pid);
            String status = Files.readString(proc.resolve("status"), StandardCharsets.ISO_8859_1);
            int uid = Privileges.parse(status).uid();
            return Optional.of(new ProcessDescription(
                    new ProcessId(pid, stat.startTime()),
                    stat.comm(),
                    textOrEmpty(proc.resolve("cmdline")).replace('\0', ' ').trim(),
                    uid,
                    users.nameOf(uid),
                    CgroupMembership.read(textOrEmpty(proc.resolve("cgroup"))),
                    pidInside(status, pid),
                    runsJava(proc)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    Owner holding(int fd) {
        return new Owner(id, comm, cmdline, uid, user, fd, workload, pidInside, jvm);
    }

    /** The last number of {@code NSpid:}, the outermost pid namespace first (Linux 4.1). */
    static int pidInside(String status, int pid) {
        int line = status.indexOf("\nNSpid:");
        if (line < 0) {
            return pid;
        }
        int end = status.indexOf('\n', line + 1);
        return Integer.parseInt(status.substring(status.lastIndexOf('\t', end) + 1, end));
    }

    /** Whether it is {@code java}, or a program beside the JVM's library, such as {@code jwebserver}, or one made by jpackage. */
    private static boolean runsJava(Path proc) {
        try {
            Path program = Files.readSymbolicLink(proc.resolve("exe"));
            return program.endsWith("java")
                    || exists(proc, program.resolveSibling("../lib/server/libjvm.so"))
                    || exists(proc, program.resolveSibling("../lib/runtime/lib/server/libjvm.so"));
        } catch (IOException e) {
            return false;
        }
    }

    /** A path as the process sees it. */
    private static boolean exists(Path proc, Path inside) {
        return Files.exists(proc.resolve("root" + inside));
    }

    private static String textOrEmpty(Path path) {
        try {
            return new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
