package lastack.live;

import java.time.Instant;

/**
 * What the wall clock showed at a moment of {@code CLOCK_MONOTONIC}, which {@link System#nanoTime} counts too. It is read anew for each
 * batch: when somebody sets the clock, later changes have the new time, and no duration is wrong.
 */
record WallClock(Instant wall, long nanos) {
    static WallClock now() {
        return new WallClock(Instant.now(), System.nanoTime());
    }

    Instant at(long moment) {
        return wall.plusNanos(moment - nanos);
    }
}
