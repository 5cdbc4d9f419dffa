package lastack.testkit;

/** Who has hold of a socket. */
public enum Holding {
    /** A process has a descriptor. */
    HELD,
    /** Nobody: the kernel finishes it alone. */
    ORPHAN,
    /** The queue of a listener: no inode yet, and not an orphan. */
    UNACCEPTED,
    /** A message in flight: an inode, but no descriptor anywhere. */
    IN_FLIGHT;

    /** Whether such a socket has an inode. */
    public boolean hasInode() {
        return this == HELD || this == IN_FLIGHT;
    }
}
