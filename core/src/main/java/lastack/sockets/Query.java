package lastack.sockets;

import java.util.EnumSet;
import java.util.Set;
import lastack.filter.Filter;
import lastack.model.Family;

/**
 * What to list.
 *
 * @param filter which sockets
 * @param families of which dumps; a v4-mapped socket is in that of {@link Family#INET6}
 * @param owners whether to find who holds them, which takes a walk over all processes when anything matches
 * @param details whether to ask for {@code tcp_info}, memory, congestion control and the cgroup's path too
 */
public record Query(Filter filter, Set<Family> families, boolean owners, boolean details) {
    /** Details are asked for also where the filter cannot do without them. */
    public Query {
        details |= filter.needsCgroups();
    }

    /** Sockets of both families with their owners. */
    public static Query of(Filter filter) {
        return new Query(filter, EnumSet.allOf(Family.class), true, false);
    }

    /** The same without owners. */
    public Query withoutOwners() {
        return new Query(filter, families, false, details);
    }

    /** The same with details. */
    public Query withDetails() {
        return new Query(filter, families, owners, true);
    }

    /** The same for some families only. */
    public Query ofFamilies(Set<Family> some) {
        return new Query(filter, some, owners, details);
    }
}
