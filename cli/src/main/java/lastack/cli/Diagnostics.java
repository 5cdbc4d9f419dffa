package lastack.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import lastack.cli.print.SafeText;
import lastack.model.Gap;

/** What is said on standard error. */
final class Diagnostics {
    // The type of a file in its mode, inode(7).
    private static final int TYPE = 0xF000;
    private static final int FIFO = 0x1000;
    private static final int SOCKET = 0xC000;

    private Diagnostics() {}

    /** A mistake or a failure. */
    static void error(String message) {
        System.err.println("lastack: " + safe(message));
    }

    /** Words of the user or of a process in it must not steer the terminal. */
    private static String safe(String message) {
        return message.lines().map(SafeText::of).collect(Collectors.joining("\n"));
    }

    /** A remark that changes nothing. */
    static void note(String message) {
        System.err.println(safe(message));
    }

    /** A question; the cursor stays behind it. */
    static void ask(String question) {
        System.err.print(question);
        System.err.flush();
    }

    /** Standard output is gone: no mistake when its reader has seen enough, as {@code head} has. */
    static int outputFailed(UncheckedIOException e) {
        if (goesToReader()) {
            return ExitCode.DONE;
        }
        error("cannot write to standard output: "
                + (e.getCause() == null ? e.getMessage() : e.getCause().getMessage()));
        return ExitCode.STILL_THERE;
    }

    /** Whether standard output is a pipe or a socket; a write to one fails only when its reader is gone. */
    private static boolean goesToReader() {
        try {
            int type = (int) Files.getAttribute(Path.of("/proc/self/fd/1"), "unix:mode") & TYPE;
            return type == FIFO || type == SOCKET;
        } catch (IOException e) {
            return false;
        }
    }

    /** That something could not be seen, and what would show it, in one short line. */
    static void someGaps(List<Gap> gaps) {
        if (!gaps.isEmpty()) {
            note("note: not all "
                    + gaps.stream().map(Gap::what).distinct().collect(Collectors.joining(", ")) + " seen; "
                    + gaps.getFirst().remedy());
        }
    }

    /** What could not be seen. */
    static void gaps(List<Gap> gaps) {
        for (Gap gap : gaps) {
            note("note: " + gap.what() + ": " + gap.why() + "; " + gap.remedy());
        }
    }
}
