package lastack.jvm.heap;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a dump says a socket is held.
 *
 * @param fd its descriptor
 * @param type the class of the object that keeps the descriptor
 * @param way from a root to that object; nothing when no root leads to it
 */
public record Holding(int fd, String type, Optional<Way> way) {
    /**
     * From a root down to an object.
     *
     * @param kind what the root is
     * @param field the static field, or empty
     * @param thread the thread whose root it is, or empty
     * @param call the call whose variable it is
     * @param caller the call of the program's own code below it, where that one is not of its own code
     * @param steps the objects, the socket's own last
     */
    public record Way(
            RootKind kind,
            String field,
            String thread,
            @Nullable StackTraceElement call,
            @Nullable StackTraceElement caller,
            List<Step> steps) {}

    /**
     * One object.
     *
     * @param link how the one before refers to it: {@code .idle} or {@code [3] of 10}; empty for the first
     * @param type its class
     */
    public record Step(String link, String type) {}
}
