package lastack.filter;

/** Ports from the first to the last, both included. */
record PortRange(int first, int last) {
    boolean contains(int port) {
        return port >= first && port <= last;
    }
}
