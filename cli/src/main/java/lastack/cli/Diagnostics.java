package lastack.cli;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Collectors;
import lastack.cli.print.SafeText;
import lastack.model.Gap;

/** What is said on standard error. */
final class Diagnostics {
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
        String reason = String.valueOf(
                e.getCause() == null ? e.getMessage() : e.getCause().getMessage());
        if (reason.contains("Broken pipe")) {
            return ExitCode.DONE;
        }
        error("cannot write to standard output: " + reason);
        return ExitCode.STILL_THERE;
    }

    /** What could not be seen. */
    static void gaps(List<Gap> gaps) {
        for (Gap gap : gaps) {
            note("note: " + gap.what() + ": " + gap.why() + "; " + gap.remedy());
        }
    }
}
