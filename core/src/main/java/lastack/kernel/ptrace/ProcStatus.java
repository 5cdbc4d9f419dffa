package lastack.kernel.ptrace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * {@code /proc/PID/task/TID/status} (proc_pid_status(5)): the lines that decide whether a thread can be lent.
 *
 * @param name the thread's short name
 * @param state one letter and its meaning: {@code D (disk sleep)}
 * @param tracer the pid of whoever traces it, or 0
 * @param uid the real user id
 * @param seccomp 0 none, 1 strict, 2 a filter
 */
record ProcStatus(String name, String state, int tracer, int uid, int seccomp) {
    static ProcStatus read(int pid, int tid) throws IOException {
        Path path = Path.of("/proc/" + pid + "/task/" + tid + "/status");
        return parse(Files.readString(path, StandardCharsets.ISO_8859_1));
    }

    static ProcStatus parse(String text) throws IOException {
        try {
            return new ProcStatus(
                    field(text, "Name"),
                    field(text, "State"),
                    Integer.parseInt(field(text, "TracerPid")),
                    Integer.parseInt(field(text, "Uid").split("\t", -1)[0]),
                    Integer.parseInt(field(text, "Seccomp")));
        } catch (NumberFormatException e) {
            throw new IOException("not a status file: " + text, e);
        }
    }

    /** A kernel without seccomp has no such line: 0. */
    private static String field(String text, String name) {
        int start = ("\n" + text).indexOf("\n" + name + ":\t");
        if (start < 0) {
            return "0";
        }
        int value = start + name.length() + 2;
        return text.substring(value, text.indexOf('\n', value));
    }

    /** Ended: a zombie or about to vanish. */
    boolean ended() {
        return state.startsWith("Z") || state.startsWith("X");
    }
}
