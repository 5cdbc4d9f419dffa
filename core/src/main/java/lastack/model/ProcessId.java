package lastack.model;

/**
 * A process that cannot be mistaken for a later one with the same number.
 *
 * @param pid the process id, in the pid namespace lastack runs in
 * @param startTime clock ticks after boot at which it started (field 22 of {@code /proc/PID/stat})
 */
public record ProcessId(int pid, long startTime) {}
