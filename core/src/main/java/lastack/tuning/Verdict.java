package lastack.tuning;

import java.util.Locale;

/**
 * Whether changing a setting would help this host now.
 *
 * @param leaning yes, no, or what else
 * @param because the measured facts behind it
 */
public record Verdict(Leaning leaning, String because) {
    /** What to do with a setting. */
    public enum Leaning {
        /** Another value would help. */
        WOULD_HELP,
        /** It may, but something else comes first. */
        MAY_HELP,
        /** Nothing seen here calls for it. */
        NOT_NEEDED,
        /** It cannot be known or changed from here. */
        NOT_HERE;

        /** In words: {@code would help}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }
}
