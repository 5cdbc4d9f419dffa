package lastack.cli.census;

import java.util.Arrays;
import lastack.model.TcpState;

/** How many sockets went from one state to another. One that appears comes from CLOSED or LISTEN, one that ends goes to CLOSED. */
public final class Flows {
    private static final int STATES = TcpState.values().length;

    private final int[] moves = new int[STATES * STATES];

    /** Counts so many more. */
    public void add(TcpState from, TcpState to, int count) {
        moves[index(from, to)] += count;
    }

    /** How many went this way. */
    public int count(TcpState from, TcpState to) {
        return moves[index(from, to)];
    }

    private static int index(TcpState from, TcpState to) {
        return from.number() * STATES + to.number();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Flows flows && Arrays.equals(moves, flows.moves);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(moves);
    }
}
