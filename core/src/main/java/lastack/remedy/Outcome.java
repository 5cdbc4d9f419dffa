package lastack.remedy;

import java.util.Locale;

/** What became of one socket. */
public enum Outcome {
    /** A second look found it gone. */
    REMOVED,
    /** It was gone before anything was done. */
    ALREADY_GONE,
    /** It was still there when the time to wait was over. */
    STILL_THERE,
    /** The kernel said no, or no method fits. */
    REFUSED,
    /** It is protected, or it changed since it was selected; nothing was done. */
    SKIPPED,
    /** Only a plan; nothing was done. */
    PLANNED;

    /** The name in JSON: {@code already-gone}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
