package lastack.diagnosis;

import org.jspecify.annotations.Nullable;

/**
 * Something that can be done.
 *
 * @param action what
 * @param command the command for it, ready to be pasted into a shell, or null where only the program itself can
 * @param effect what comes of it
 * @param risk what speaks against it
 */
public record Advice(String action, @Nullable String command, String effect, String risk) {}
