package lastack.launch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import lastack.kernel.Fd;
import lastack.kernel.KernelException;
import lastack.kernel.seccomp.Caller;

/**
 * Where the program was told to write its errors. Lastack keeps no descriptor of it, or a pipe would never end for its reader:
 * it borrows that of the process it has something to say about, if that still writes there. Where nobody reads, nothing is
 * said: no call may wait for a reader. {@code O_NONBLOCK} would be the program's too.
 */
public final class StandardError {
    /** A pipe that takes anything takes so much at once ({@code PIPE_BUF}). */
    private static final int MOST_BYTES = 4_096;

    /** Messages can carry numbers that never come again. */
    private static final int MOST_SAID_ONCE = 64;

    private final String link;
    private final Set<String> said = ConcurrentHashMap.newKeySet();

    private StandardError(String link) {
        this.link = link;
    }

    /** One that is known by its link. */
    public static StandardError of(String link) {
        return new StandardError(link);
    }

    /** That of the calling process. */
    public static StandardError own() {
        return new StandardError(linkOf("2"));
    }

    /** What {@code /proc/PID/fd/2} says of it: {@code pipe:[4711]}; empty where there is none. */
    public String link() {
        return link;
    }

    /** Says a line, the first time only; in the end nothing more. */
    void sayOnce(Caller caller, String text) {
        if (said.size() < MOST_SAID_ONCE && said.add(text)) {
            say(caller, text);
        }
    }

    /** Says a line. */
    void say(Caller caller, String text) {
        if (link.isEmpty()) {
            return;
        }
        try (Fd fd = caller.duplicate(2)) {
            if (link.equals(linkOf(Integer.toString(fd.number()))) && fd.isWritable()) {
                byte[] line = ("lastack: " + text + '\n').getBytes(StandardCharsets.UTF_8);
                fd.write(Arrays.copyOf(line, Math.min(line.length, MOST_BYTES)));
            }
        } catch (KernelException e) {
            return; // It is closed, or its reader has gone.
        }
    }

    private static String linkOf(String descriptor) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/fd", descriptor)).toString();
        } catch (IOException e) {
            return "";
        }
    }
}
