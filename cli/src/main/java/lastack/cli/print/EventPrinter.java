package lastack.cli.print;

import lastack.live.StateChange;

/** Prints state changes one after the other as they happen. */
public interface EventPrinter {
    /** Prints one change. */
    void print(StateChange change);
}
