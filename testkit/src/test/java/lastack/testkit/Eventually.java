package lastack.testkit;

import java.util.Optional;

/** A condition in the form {@link Deadline} waits for. */
final class Eventually {
    private Eventually() {}

    static Optional<Boolean> when(boolean condition) {
        return condition ? Optional.of(true) : Optional.empty();
    }
}
