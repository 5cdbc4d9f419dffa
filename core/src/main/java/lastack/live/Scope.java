package lastack.live;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import lastack.filter.Filter;
import lastack.model.Family;

/**
 * Which changes are wanted.
 *
 * @param netns in which network namespaces, as {@link lastack.sockets.SocketTables#open} takes it
 * @param families of which sockets
 * @param filter which sockets, as they are after the change: {@code state} means the state they are in now, {@code age} how long they were
 *     in the one before, and who held a socket last counts as its owner
 * @param every how often to look where the kernel does not tell by itself
 */
public record Scope(String netns, Set<Family> families, Filter filter, Duration every) {
    /** All of this host; where looking is needed, once a second. */
    public static Scope everything() {
        return new Scope("all", EnumSet.allOf(Family.class), Filter.all(), Duration.ofSeconds(1));
    }
}
