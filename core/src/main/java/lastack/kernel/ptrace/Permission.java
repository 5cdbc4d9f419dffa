package lastack.kernel.ptrace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import lastack.kernel.process.ProcStat;

/** Says why one process may not trace another, and what it would take. */
final class Permission {
    private static final Path YAMA = Path.of("/proc/sys/kernel/yama/ptrace_scope");

    private Permission() {}

    /** The text for a thread that could not be attached to for EPERM. */
    static String denied(int pid, ProcStatus status) {
        if (status.tracer() != 0) {
            return traced(pid, status.tracer());
        }
        return "pid " + pid + " (" + status.name() + ") of uid " + status.uid()
                + " may not be traced; it takes the same user and a dumpable process, or CAP_SYS_PTRACE" + yama(YAMA);
    }

    static String denied(int pid, int tid) {
        try {
            return denied(pid, ProcStatus.read(pid, tid));
        } catch (IOException e) {
            return "pid " + pid + " may not be looked at: " + e.getMessage();
        }
    }

    /** The text for a process that has a tracer already: there can be only one. */
    static String traced(int pid, int tracer) {
        return "pid " + pid + " is traced by pid " + tracer + " (" + comm(tracer)
                + "), and only one at a time can; end that first";
    }

    private static String comm(int pid) {
        try {
            return ProcStat.read(pid).comm();
        } catch (IOException e) {
            return "ended by now";
        }
    }

    static String yama(Path file) {
        try {
            return switch (Files.readString(file, StandardCharsets.US_ASCII).trim()) {
                case "0" -> "";
                case "1" -> "; Yama's ptrace_scope is 1: without CAP_SYS_PTRACE only one's own children";
                case "2" -> "; Yama's ptrace_scope is 2: only with CAP_SYS_PTRACE";
                case "3" -> "; Yama's ptrace_scope is 3: nobody may trace until the next boot";
                default -> "; see " + file;
            };
        } catch (IOException e) {
            return "";
        }
    }
}
