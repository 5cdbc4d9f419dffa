package lastack.sockets;

import java.util.List;
import java.util.function.IntConsumer;
import lastack.model.Gap;
import lastack.model.Owner;
import org.jspecify.annotations.Nullable;

/** The walk over all processes, made when its result is first needed and then shared. */
public final class LazyOwners {
    private @Nullable OwnerIndex index;

    /** Nothing walked yet. */
    public LazyOwners() {}

    /** A walk over nothing: nobody holds anything, and nothing is hidden. */
    public static LazyOwners ofNothing() {
        LazyOwners nothing = new LazyOwners();
        nothing.index = OwnerIndex.empty();
        return nothing;
    }

    /** Every descriptor that refers to the socket with this inode; without one, nobody needs to be looked at. */
    public List<Owner> of(long inode) {
        return inode == 0 ? List.of() : walked().ownersOf(inode);
    }

    /** Every process that has a descriptor of the socket with this inode, once for each descriptor. */
    public void forEachHolder(long inode, IntConsumer pid) {
        walked().forEachHolder(inode, pid);
    }

    /** Processes that are there and may not be looked at, so that an owner may be missing. */
    public List<Gap> hidden() {
        return walked().hidden();
    }

    /** Walks now, so that no time passes later between a socket's being seen and its owners' being known. */
    void walk() {
        walked();
    }

    /** Walks once more, for sockets that were seen after the last walk had passed whoever holds them. */
    public void walkAgain() {
        index = OwnerIndex.walk();
    }

    private OwnerIndex walked() {
        OwnerIndex walked = index;
        if (walked == null) {
            walked = OwnerIndex.walk();
            index = walked;
        }
        return walked;
    }

    /** What the walk could not see; nothing when it was not needed. */
    public List<Gap> gaps() {
        OwnerIndex walked = index;
        return walked == null ? List.of() : walked.gaps();
    }
}
