package lastack.launch;

/**
 * Why the program did not start.
 *
 * @param program its name as it was given
 * @param reason the error's name, such as {@code ENOENT}
 * @param found whether there is such a file
 */
public record NotStarted(String program, String reason, boolean found) {}
