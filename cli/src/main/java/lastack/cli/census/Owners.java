package lastack.cli.census;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import lastack.model.Gap;
import lastack.model.Owner;
import lastack.sockets.LazyOwners;
import org.jspecify.annotations.Nullable;

/**
 * Who holds what, from a walk over all processes that is repeated when a socket turned up whose owner it does not know. The walk has
 * a thread of its own: over 100,000 descriptors it takes a second, and looking goes on meanwhile.
 */
final class Owners {
    private final Pace pace = new Pace();
    private LazyOwners walked = LazyOwners.ofNothing();
    private @Nullable CompletableFuture<LazyOwners> walk;
    private boolean wanted = true;
    private int walks;

    /** Takes what the last walk found, and begins another if one is wanted, long enough after the last. */
    void refresh() {
        if (walk != null && walk.isDone()) {
            walked = walk.join();
            walk = null;
            walks++;
        }
        if (wanted && walk == null && pace.isDue()) {
            wanted = false;
            walk = CompletableFuture.supplyAsync(
                    this::walkOver,
                    task -> Thread.ofPlatform().daemon().name("owners").start(task));
        }
    }

    private LazyOwners walkOver() {
        LazyOwners next = new LazyOwners();
        pace.run(next::hidden);
        return next;
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
