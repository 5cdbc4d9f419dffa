package lastack.tuning;

import org.jspecify.annotations.Nullable;

/**
 * A setting as it is now.
 *
 * @param setting which
 * @param value its value, or null where it cannot be read here
 * @param verdict whether another value would help
 */
public record Reading(Setting setting, @Nullable String value, Verdict verdict) {}
