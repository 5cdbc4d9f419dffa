package lastack.launch;

import java.time.Duration;

/** What happens to a program's bind of a TCP socket. */
public sealed interface BindPolicy {
    /** Nothing. */
    record Untouched() implements BindPolicy {}

    /** {@code SO_REUSEADDR} is set before it. */
    record Reuse() implements BindPolicy {}

    /**
     * It is held until the port is free.
     *
     * @param patience for how long at most; then the program gets the kernel's own answer
     */
    record Wait(Duration patience) implements BindPolicy {}

    /** What lingers on the port is removed first; a living listener never is. */
    record Evict() implements BindPolicy {}
}
