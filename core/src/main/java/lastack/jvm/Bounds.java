package lastack.jvm;

import java.time.Duration;

/**
 * How far the agent may go to find who holds a socket.
 *
 * @param nodes how many objects it may look at; each takes about 40 bytes of the program's heap for as long as it looks
 * @param time how long it may look
 */
public record Bounds(int nodes, Duration time) {
    /** For what is known without a walk. */
    static final Bounds NARROW = new Bounds(1, Duration.ofMillis(20));

    /** A million objects, two seconds. */
    public static final Bounds USUAL = new Bounds(1_000_000, Duration.ofSeconds(2));
}
