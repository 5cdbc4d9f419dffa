package lastack.remedy;

import org.jspecify.annotations.Nullable;

/** What came of one attempt, before anyone has looked again. */
sealed interface Act {
    /**
     * The kernel accepted it.
     *
     * @param how what exactly was done, as the rest of a sentence
     * @param standStillNanos how long the owner's threads stood still, 0 when they did not
     */
    record Done(String how, long standStillNanos) implements Act {}

    /** There was nothing left to act on. */
    record NothingLeft() implements Act {}

    /**
     * It was not done.
     *
     * @param error the error's name, such as {@code EPERM}, or null
     * @param why what refused it
     * @param hint what to try next
     * @param lacksPermission whether more rights or another kernel would change that
     */
    record Refused(@Nullable String error, String why, String hint, boolean lacksPermission) implements Act {}

    /** Done, with nobody standing still. */
    static Act done(String how) {
        return new Done(how, 0);
    }
}
