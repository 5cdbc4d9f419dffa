package lastack.cli;

import java.util.List;
import lastack.remedy.Result;

/** The exit codes scripts rely on. */
final class ExitCode {
    /** Done; for {@code ls} also when nothing matched. */
    static final int DONE = 0;
    /** Something selected is still there, or failed. */
    static final int STILL_THERE = 1;
    /** A mistake in the command, or a confirmation is needed. */
    static final int USAGE = 2;
    /** Nothing matched. */
    static final int NO_MATCH = 3;
    /** Not permitted, or the kernel cannot. */
    static final int UNAVAILABLE = 4;

    /** Interrupted, as the shell counts SIGINT. */
    static final int INTERRUPTED = 130;

    private ExitCode() {}

    /** The exit code of a removal: a socket that stayed counts before one that was refused; the protected do not count. */
    static int of(List<Result> results) {
        int refused = 0;
        int protectedOnes = 0;
        for (Result result : results) {
            switch (result.outcome()) {
                case STILL_THERE -> {
                    return STILL_THERE;
                }
                case REFUSED -> refused |= result.lacksPermission() ? UNAVAILABLE : STILL_THERE;
                case SKIPPED -> protectedOnes++;
                case REMOVED, ALREADY_GONE, PLANNED -> {}
            }
        }
        if (refused != 0) {
            return (refused & STILL_THERE) != 0 ? STILL_THERE : UNAVAILABLE;
        }
        return protectedOnes == results.size() ? STILL_THERE : DONE;
    }
}
