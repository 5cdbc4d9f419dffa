package lastack.remedy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import lastack.model.TcpSocket;
import lastack.model.UnavailableException;
import lastack.sockets.SocketTable;

/**
 * One attempt on each of many sockets, in their order. Those that a method takes together wait until there are enough of them;
 * that is well below a millisecond, for none waits while another method acts.
 */
final class Attempts {
    private static final int ENOUGH = 128;

    private final SocketTable table;
    private final BooleanSupplier stopped;
    private final List<Removal> waiting = new ArrayList<>(ENOUGH);

    /**
     * None yet.
     *
     * @param stopped whether no other method is to be tried, and no other socket acted on
     */
    Attempts(SocketTable table, BooleanSupplier stopped) {
        this.table = table;
        this.stopped = stopped;
    }

    /** Makes the attempt, at the latest with {@link #finish}; none where the matter is settled. */
    void on(Removal removal) throws UnavailableException {
        if (stopped.getAsBoolean()) {
            removal.giveUp();
        }
        if (removal.settled().isPresent()) {
            return;
        }
        if (removal.remedy() instanceof Remedy.OfMany) {
            waiting.add(removal);
            if (waiting.size() == ENOUGH) {
                finish();
            }
        } else {
            finish();
            removal.begin();
            goOn(removal);
        }
    }

    /** Makes the attempts that wait. */
    void finish() throws UnavailableException {
        if (!waiting.isEmpty() && waiting.getFirst().remedy() instanceof Remedy.OfMany remedy) {
            List<Act> acts = actTogether(remedy);
            for (int i = 0; i < acts.size(); i++) {
                waiting.get(i).answered(acts.get(i));
                goOn(waiting.get(i));
            }
            waiting.clear();
        }
    }

    private List<Act> actTogether(Remedy.OfMany remedy) {
        List<Target> targets = new ArrayList<>(waiting.size());
        for (Removal removal : waiting) {
            removal.begin();
            targets.add(removal.target());
        }
        return remedy.applyAll(targets);
    }

    /** A method whose owners have let go of the socket meanwhile leaves it to the next; and a refusal may have come half-way. */
    private void goOn(Removal removal) throws UnavailableException {
        removal.goOn(stopped);
        while (removal.foundNothing() && isThere(removal)) {
            removal.passOver("no owner it was seen with holds it any more");
            removal.begin();
            removal.goOn(stopped);
        }
        if (removal.settled().isPresent()) {
            removal.seenIn(
                    table.findAgain(removal.socket()).map(TcpSocket::state).orElse(null));
        }
    }

    private boolean isThere(Removal removal) throws UnavailableException {
        return table.findAgain(removal.socket()).isPresent();
    }
}
