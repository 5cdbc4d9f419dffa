package lastack.launch;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One bind at a time for each port: a trial socket has the port for a moment, and of two that find it free only one gets it.
 */
final class Turns {
    private final Set<Place> taken = new HashSet<>();

    /**
     * A port.
     *
     * @param namespace the inode of its network namespace
     */
    record Place(long namespace, int number) {}

    /** The right to try to bind a port, until it is closed. */
    final class Turn implements AutoCloseable {
        private final Place place;

        private Turn(Place place) {
            this.place = place;
        }

        @Override
        public void close() {
            end(place);
        }
    }

    /** The turn at a place, or null when another has it. */
    synchronized @Nullable Turn takeNow(Place place) {
        return taken.add(place) ? new Turn(place) : null;
    }

    /** Waits for the turn at a place. */
    synchronized Turn take(Place place) {
        while (!taken.add(place)) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        return new Turn(place);
    }

    private synchronized void end(Place place) {
        taken.remove(place);
        notifyAll();
    }
}
