package lastack.jvm;

import java.util.List;

/**
 * A thread that has to do with a socket.
 *
 * @param doing {@code reads}, {@code writes}, {@code selects} or {@code holds}; with {@code may} before it where several could be the one
 * @param name its name, or its number where it has none
 * @param virtual whether it is a virtual thread
 * @param frames its stack, the innermost call first
 */
public record BlockedThread(String doing, String name, boolean virtual, List<Frame> frames) {}
