package lastack.model;

import org.jspecify.annotations.Nullable;

/**
 * A process that cannot be mistaken for a later one with the same number.
 *
 * @param pid the process id, in the pid namespace lastack runs in
 * @param startTime clock ticks after boot at which it started (field 22 of {@code /proc/PID/stat})
 */
public record ProcessId(int pid, long startTime) {
    /** By hand, as is {@link #hashCode}: those of a record are linked at run time, 5 ms at every start. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ProcessId process && process.pid == pid && process.startTime == startTime;
    }

    @Override
    public int hashCode() {
        return Integer.hashCode(pid) * 31 + Long.hashCode(startTime);
    }
}
