package lastack.filter;

/** How much of a socket is known, from little to all; what a condition asks beyond that is unknown. */
public enum Known {
    /** Its state, its age, its family, its addresses and ports; a local port of 0 is not known either. */
    ENDS,
    /** Its namespace, its cookie and who made it too. */
    PLACE,
    /** All that the kernel tells of it. */
    SOCKET,
    /** Who holds it too. */
    OWNERS
}
