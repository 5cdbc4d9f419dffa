package lastack.kernel.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * {@code /proc/PID/stat} (proc_pid_stat(5)): the fields behind the name, which itself may hold blanks and parentheses.
 *
 * @param comm the process's short name, field 2
 * @param state one letter, field 3: {@code R S D T t Z X}
 * @param parent the parent's pid, field 4
 * @param startTime clock ticks after boot, field 22
 */
public record ProcStat(String comm, char state, int parent, long startTime) {
    /** Field 3 is the first one behind the name. */
    private static final int FIRST_FIELD = 3;

    private static final int PARENT = 4;
    private static final int START_TIME = 22;

    /** Reads it. */
    public static ProcStat read(int pid) throws IOException {
        return parse(new String(Files.readAllBytes(Path.of("/proc/" + pid + "/stat")), StandardCharsets.UTF_8));
    }

    /** The start time of a process, or -1 when there is no such process. */
    public static long startTime(int pid) {
        try {
            return read(pid).startTime();
        } catch (IOException e) {
            return -1;
        }
    }

    /** The letter of its state, or nothing when there is no such process. */
    public static OptionalInt state(int pid) {
        try {
            return OptionalInt.of(read(pid).state());
        } catch (IOException e) {
            return OptionalInt.empty();
        }
    }

    static ProcStat parse(String line) throws IOException {
        int nameStart = line.indexOf('(');
        int nameEnd = line.lastIndexOf(')');
        if (nameStart < 0 || nameEnd < nameStart) {
            throw new IOException("not a stat line: " + line);
        }
        String[] fields = line.substring(nameEnd + 1).trim().split(" ", -1);
        if (fields.length <= START_TIME - FIRST_FIELD) {
            throw new IOException("a stat line of " + fields.length + " fields");
        }
        try {
            return new ProcStat(
                    line.substring(nameStart + 1, nameEnd),
                    fields[0].charAt(0),
                    Integer.parseInt(fields[PARENT - FIRST_FIELD]),
                    Long.parseLong(fields[START_TIME - FIRST_FIELD]));
        } catch (NumberFormatException e) {
            throw new IOException("not a stat line: " + line, e);
        }
    }
}
