package lastack.tuning;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What became, or would become, of one setting.
 *
 * @param setting which
 * @param before its value before, or null where it cannot be read here
 * @param wanted the value it is to have
 * @param after its value now, read back; null where it cannot be read
 * @param outcome what became of it
 * @param why the reason where it did not go as wanted; else empty
 */
public record Change(
        Setting setting,
        @Nullable String before,
        String wanted,
        @Nullable String after,
        Outcome outcome,
        String why) {
    /** What became of a setting. */
    public enum Outcome {
        /** Only a plan. */
        PLANNED,
        /** It has the wanted value now. */
        CHANGED,
        /** It had the wanted value already. */
        UNCHANGED,
        /** Somebody else changed it since; left alone. */
        LEFT_ALONE,
        /** It could not be changed. */
        REFUSED;

        /** In words: {@code left-alone}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    Change as(Outcome newOutcome, @Nullable String now, String newWhy) {
        return new Change(setting, before, wanted, now, newOutcome, newWhy);
    }
}
