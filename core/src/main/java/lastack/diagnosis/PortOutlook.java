package lastack.diagnosis;

import lastack.kernel.Errno;

/** Whether a new connection would find a local port, and how that is known. */
sealed interface PortOutlook {
    /** It was tried, without sending a packet: 0, {@code EADDRNOTAVAIL} ... */
    record Tried(Errno answer) implements PortOutlook {}

    /**
     * It was not tried, because the trial might have taken over a port in TIME-WAIT.
     *
     * @param ready how many are so old that a new connection may take over their port
     * @param young how many are not yet
     */
    record TakesOver(int ready, int young) implements PortOutlook {}

    /** It may not be tried. */
    record Unknown() implements PortOutlook {}
}
