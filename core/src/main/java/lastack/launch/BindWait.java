package lastack.launch;

import java.time.Duration;
import lastack.kernel.KernelException;
import lastack.launch.Deadlines.Hold;
import lastack.model.Durations;
import lastack.model.UnavailableException;
import lastack.sockets.SocketTable;

/**
 * Holds a bind until its port is free, its patience is over, or its program has other things to do.
 *
 * @param call the bind
 * @param site where to
 * @param turns who may try next
 * @param stderr where the user is told
 */
record BindWait(HeldCall call, BindSite site, Turns turns, StandardError stderr) {
    private static final long SHORTEST_PAUSE_MILLIS = 2;
    private static final long LONGEST_PAUSE_MILLIS = 100;
    private static final long SIGNALS_WAIT_MILLIS = 20;

    void until(Duration patience, Deadlines deadlines) throws KernelException, UnavailableException {
        long cookie = call.socket().cookie();
        Hold hold = deadlines.of(cookie, patience);
        if (holdWhileTaken(hold)) {
            deadlines.end(cookie);
        }
    }

    /** Whether the bind is to go on; not when the program has been interrupted: it may ask again. */
    private boolean holdWhileTaken(Hold hold) throws KernelException, UnavailableException {
        long start = System.nanoTime();
        long pause = SHORTEST_PAUSE_MILLIS;
        while (!goesOnIfFree(start, pause > SHORTEST_PAUSE_MILLIS)) {
            if (hold.isOver()) {
                stderr.say(call.caller(), "port " + site.port() + " is still in use: " + occupants());
                return true;
            }
            if (hold.isTimeForWord()) {
                stderr.say(call.caller(), "waiting for port " + site.port() + ": " + occupants());
            }
            if (!isHeldFor(pause, hold)) {
                return false;
            }
            pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
        }
        return true;
    }

    private boolean goesOnIfFree(long start, boolean waited) throws KernelException, UnavailableException {
        try (Turns.Turn _ = turns.take(site.place())) {
            return site.goesOnUnlessTaken(() -> sayFree(start, waited));
        }
    }

    /** Whether the call still waits after so long. It ends earlier when a signal comes. */
    private boolean isHeldFor(long millis, Hold hold) throws KernelException {
        for (long left = millis; left > 0; left -= SIGNALS_WAIT_MILLIS) {
            pause(Math.min(left, SIGNALS_WAIT_MILLIS));
            if (!call.isWaiting()) {
                return false;
            }
            if (call.makesWayForSignals(hold.isTimeForSignals())) {
                hold.letSignalsThrough();
                return false;
            }
        }
        return true;
    }

    private void sayFree(long start, boolean waited) {
        if (waited) {
            String time =
                    Durations.format(Duration.ofNanos(System.nanoTime() - start).toMillis());
            stderr.say(call.caller(), "port " + site.port() + " is free after " + time);
        }
    }

    private String occupants() throws UnavailableException {
        return site.inside(() -> {
            try (SocketTable table = SocketTable.open()) {
                return Occupant.of(site.occupants(table));
            }
        });
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
