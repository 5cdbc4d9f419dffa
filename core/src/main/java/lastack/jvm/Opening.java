package lastack.jvm;

import java.util.List;

/**
 * Where a socket was connected or accepted.
 *
 * @param agoMillis how long ago
 * @param thread on which thread
 * @param frames by which calls, the innermost first
 */
public record Opening(long agoMillis, String thread, List<Frame> frames) {
    /** The first line that is neither the JDK's nor missing; the innermost of all where there is none. */
    public Frame line() {
        return frames.stream().filter(frame -> !frame.isPlatform()).findFirst().orElse(frames.getFirst());
    }
}
