package lastack.cli.census;

import java.util.Collections;
import java.util.List;
import lastack.model.Gap;
import lastack.model.TcpSocket;
import lastack.model.TcpState;

/**
 * What one look saw.
 *
 * @param counts how many sockets match in each state, by {@link TcpState#number}
 * @param oldest the highest age in milliseconds known in each state, or -1
 * @param flows what changed since the look before
 * @param watched whether the changes were watched as they happened, and not only told from differences
 * @param seconds the time since the look before; 0 at the first
 * @param groups the groups, the worst first
 * @param sockets the first sockets of the order asked for, with their owners
 * @param listed how many sockets belong on the list, of which {@code sockets} are the first
 * @param ownersKnown whether it is known by now who holds what
 * @param places the namespaces, with what was seen there
 * @param gaps what could not be seen
 */
public record Look(
        List<Integer> counts,
        List<Long> oldest,
        Flows flows,
        boolean watched,
        double seconds,
        List<Group> groups,
        List<TcpSocket> sockets,
        int listed,
        boolean ownersKnown,
        List<Place> places,
        List<Gap> gaps) {
    private static final int STATES = TcpState.values().length;

    /** Before the first look. */
    public static final Look NONE = new Look(
            Collections.nCopies(STATES, 0),
            Collections.nCopies(STATES, -1L),
            new Flows(),
            false,
            0,
            List.of(),
            List.of(),
            0,
            false,
            List.of(),
            List.of());

    /** How many there are in a state; the kernel's two kinds of SYN-RECV and of closed sockets are one each. */
    public int count(TcpState state) {
        int count = counts.get(state.number());
        return switch (state) {
            case SYN_RECV -> count + counts.get(TcpState.NEW_SYN_RECV.number());
            case CLOSED -> count + counts.get(TcpState.BOUND_INACTIVE.number());
            default -> count;
        };
    }

    /** The highest age known in a state, or -1. */
    public long oldestMillis(TcpState state) {
        return oldest.get(state.number());
    }

    /** The same with another list. */
    public Look listing(List<TcpSocket> others) {
        return new Look(counts, oldest, flows, watched, seconds, groups, others, listed, ownersKnown, places, gaps);
    }

    /** How many sockets match. */
    public int total() {
        return counts.stream().mapToInt(Integer::intValue).sum();
    }
}
