package lastack.remedy;

import java.util.List;

/**
 * What {@link Remover} means to do, socket by socket; nothing has been touched yet.
 *
 * @param removals one for each selected socket, in the order of selection
 */
public record Plan(List<Removal> removals) {
    /** How many sockets a method would be used on. */
    public int actionable() {
        int count = 0;
        for (Removal removal : removals) {
            count += removal.settled().isPresent() ? 0 : 1;
        }
        return count;
    }

    /** What would be done, as results with {@link Outcome#PLANNED}; protected sockets and those no method fits as they are. */
    public List<Result> preview() {
        return removals.stream().map(Removal::preview).toList();
    }
}
