package lastack.kernel.seccomp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import lastack.kernel.Errno;
import lastack.kernel.KernelException;

/**
 * The signals that wait for a thread (proc_pid_status(5)), bit n-1 for signal n.
 *
 * @param process the process of the thread
 * @param threads how many threads that has
 * @param own sent to this thread
 * @param shared sent to the process: any thread that does not block them may take them
 * @param blocked those this thread does not want now
 */
public record WaitingSignals(int process, int threads, long own, long shared, long blocked) {
    /** SIGHUP, SIGINT, SIGQUIT and SIGTERM. */
    private static final long ENDING = 1 | 1 << 1 | 1 << 2 | 1 << 14;

    /** SIGSTOP, SIGTSTP, SIGTTIN and SIGTTOU. */
    private static final long STOPPING = 0b1111 << 18;

    static WaitingSignals of(int tid) throws KernelException {
        String file = "/proc/" + tid + "/status";
        try {
            return parse(Files.readString(Path.of(file), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new KernelException("read", file, Errno.ESRCH);
        }
    }

    static WaitingSignals parse(String status) {
        return new WaitingSignals(
                Integer.parseInt(field(status, "Tgid")),
                Integer.parseInt(field(status, "Threads")),
                Long.parseUnsignedLong(field(status, "SigPnd"), 16),
                Long.parseUnsignedLong(field(status, "ShdPnd"), 16),
                Long.parseUnsignedLong(field(status, "SigBlk"), 16));
    }

    private static String field(String status, String name) {
        String start = "\n" + name + ":\t";
        int value = status.indexOf(start) + start.length();
        return status.substring(value, status.indexOf('\n', value));
    }

    /** Whether there is one the thread would take. */
    public boolean any() {
        return has(-1);
    }

    private boolean has(long some) {
        return ((own | shared) & ~blocked & some) != 0;
    }

    /** Whether one is certain to be this thread's: then it looks for signals as soon as it leaves the kernel. */
    public boolean surelyItsOwn() {
        return ((threads == 1 ? own | shared : own) & ~blocked) != 0;
    }

    /** Whether one of them asks the program to end. */
    public boolean askToEnd() {
        return has(ENDING);
    }

    /** Whether somebody waits for what one of them does: the program shall end, or stand still. */
    public boolean urgent() {
        return has(ENDING | STOPPING);
    }
}
