package lastack.cli.live;

import java.util.Optional;
import lastack.filter.Filter;

/**
 * What is to be shown.
 *
 * @param filter which sockets count
 * @param order what comes first in the list
 * @param only the one group to list, or nothing for all
 * @param netns the inode of the one namespace to look at, 0 for all that are watched
 */
public record Question(Filter filter, Order order, Optional<Circle> only, long netns) {
    /** Everything. */
    public static final Question ALL = new Question(Filter.all(), Order.STATE, Optional.empty(), 0);
}
