package lastack.cli.census;

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

    /** The same for another filter, whose sockets may be in other groups. */
    public Question of(Filter other) {
        return new Question(other, order, Optional.empty(), netns);
    }

    /** The same in another order. */
    public Question by(Order other) {
        return new Question(filter, other, only, netns);
    }

    /** The same with the sockets of one group on the list. */
    public Question only(Circle group) {
        return new Question(filter, order, Optional.of(group), netns);
    }

    /** The same with those of all groups on the list. */
    public Question onAllGroups() {
        return new Question(filter, order, Optional.empty(), netns);
    }

    /** The same for one namespace, or for all where that is 0. */
    public Question in(long one) {
        return new Question(filter, order, Optional.empty(), one);
    }
}
