package lastack.remedy;

import java.util.ArrayList;
import java.util.List;

/** What {@link Remover} means to do, socket by socket; nothing has been touched yet. To be carried out once. */
public final class Plan {
    private final List<Removal> removals;

    /** One removal for each selected socket, in the order of selection. */
    Plan(List<Removal> removals) {
        this.removals = removals;
    }

    List<Removal> removals() {
        return removals;
    }

    /** How many sockets a method would be used on. */
    public int actionable() {
        int count = 0;
        for (Removal removal : removals) {
            count += removal.settled().isPresent() ? 0 : 1;
        }
        return count;
    }

    /** The same for no more sockets than this, the first ones; those that are not touched anyway do not count, and stay. */
    public Plan limitedTo(int most) {
        int room = most;
        List<Removal> kept = new ArrayList<>();
        for (Removal removal : removals) {
            if (removal.settled().isPresent() || room-- > 0) {
                kept.add(removal);
            }
        }
        return new Plan(kept);
    }

    /** What would be done, as results with {@link Outcome#PLANNED}; protected sockets and those no method fits as they are. */
    public List<Result> preview() {
        return removals.stream().map(Removal::preview).toList();
    }
}
