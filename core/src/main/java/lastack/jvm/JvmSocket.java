package lastack.jvm;

import java.util.List;
import java.util.Optional;

/**
 * A socket as the JVM that holds it knows it.
 *
 * @param fd its descriptor there
 * @param inode its inode
 * @param object what the program calls its socket
 * @param inner what keeps the descriptor: the same, or something in it
 * @param path how it is held; nothing where no field leads to it
 * @param holder where the thread is that holds it, if the way begins at one
 * @param threads who is in one of its calls
 * @param registrations the selectors that know it
 * @param opening where it was opened, when a trace has seen that
 */
public record JvmSocket(
        int fd,
        long inode,
        JavaObject object,
        JavaObject inner,
        Optional<HolderPath> path,
        Optional<BlockedThread> holder,
        List<BlockedThread> threads,
        List<Registration> registrations,
        Optional<Opening> opening) {
    /** The same, with another way to it. */
    JvmSocket heldBy(Optional<HolderPath> way) {
        return new JvmSocket(fd, inode, object, inner, way, holder, threads, registrations, opening);
    }
}
