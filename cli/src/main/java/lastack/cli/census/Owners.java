package lastack.cli.census;

import java.util.List;
import lastack.model.Gap;
import lastack.model.Owner;
import lastack.sockets.LazyOwners;

/** Who holds what, from a walk over all processes that is repeated when a socket turned up whose owner it does not know. */
final class Owners {
    private final Pace pace = new Pace(System::nanoTime);
    private LazyOwners walked = new LazyOwners();
    private boolean wanted = true;
    private int walks;

    /** Walks again if that is wanted, and long enough after the last time. */
    void refresh() {
        if (wanted && pace.isDue()) {
            pace.run(() -> {
                walked = new LazyOwners();
                walked.hidden();
            });
            wanted = false;
            walks++;
        }
    }

    /** Another walk may find what the last did not. */
    void want() {
        wanted = true;
    }

    /** All holders that are known. */
    List<Owner> of(long inode) {
        return walked.of(inode);
    }

    /** How many walks there were; what is known changes with each. */
    int walks() {
        return walks;
    }

    LazyOwners walked() {
        return walked;
    }

    /** Processes that may not be looked at. */
    List<Gap> hidden() {
        return walked.hidden();
    }
}
