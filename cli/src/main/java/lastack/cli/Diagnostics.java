package lastack.cli;

import java.io.UncheckedIOException;
import java.util.List;
import lastack.model.Gap;

/** What is said on standard error. */
final class Diagnostics {
    private Diagnostics() {}

    /** A mistake or a failure. */
    static void error(String message) {
        System.err.println("lastack: " + message);
    }

    /** A remark that changes nothing. */
    static void note(String message) {
        System.err.println(message);
    }

    /** A question; the cursor stays behind it. */
    static void ask(String question) {
        System.err.print(question);
        System.err.flush();
    }

    /** Standard output is gone: no mistake when its reader has seen enough, as {@code head} has. */
    static int outputFailed(UncheckedIOException e) {
        String reason = String.valueOf(e.getMessage());
        if (reason.contains("Broken pipe")) {
            return ExitCode.DONE;
        }
        error("cannot write to standard output: " + reason);
        return ExitCode.STILL_THERE;
    }

    /** What could not be seen. */
    static void gaps(List<Gap> gaps) {
        for (Gap gap : gaps) {
            System.err.println("note: " + gap.what() + ": " + gap.why() + "; " + gap.remedy());
        }
    }
}
