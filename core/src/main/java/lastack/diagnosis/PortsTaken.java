package lastack.diagnosis;

/**
 * How many local ports are taken towards a destination.
 *
 * @param all in every state
 * @param waiting of those, in TIME-WAIT
 */
record PortsTaken(int all, int waiting) {
    static final PortsTaken NONE = new PortsTaken(0, 0);

    PortsTaken with(boolean waits) {
        return new PortsTaken(all + 1, waits ? waiting + 1 : waiting);
    }
}
