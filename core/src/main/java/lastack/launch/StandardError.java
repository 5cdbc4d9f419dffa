package lastack.launch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import lastack.kernel.Fd;
import lastack.kernel.KernelException;
import lastack.kernel.seccomp.Caller;

/**
 * Where the program was told to write its errors. Lastack keeps no descriptor of it, or a pipe would never end for its reader:
 * it borrows that of the process it has something to say about, if that still writes there.
 */
public final class StandardError {
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
        return new StandardError(linkOf("self"));
    }

    /** What {@code /proc/PID/fd/2} says of it: {@code pipe:[4711]}; empty where there is none. */
    public String link() {
        return link;
    }

    /** Says a line, the first time only. */
    void sayOnce(Caller caller, String text) {
        if (said.add(text)) {
            say(caller, text);
        }
    }

    /** Says a line. */
    void say(Caller caller, String text) {
        if (!link.isEmpty() && link.equals(linkOf(Integer.toString(caller.tid())))) {
            try (Fd fd = caller.duplicate(2)) {
                fd.write(("lastack: " + text + '\n').getBytes(StandardCharsets.UTF_8));
            } catch (KernelException e) {
                return; // Its reader has gone.
            }
        }
    }

    private static String linkOf(String process) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", process, "fd/2")).toString();
        } catch (IOException e) {
            return "";
        }
    }
}
