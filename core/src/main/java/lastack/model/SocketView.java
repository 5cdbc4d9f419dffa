package lastack.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What can be asked of one TCP socket, whether it lies in the kernel's answer still or was kept as a {@link TcpSocket}.
 *
 * <p>One in the kernel's answer is valid only until the next one is handed out, and works out each value when it is asked for: of a
 * million sockets that stream through, nothing is made but what is looked at. {@link #keep} makes a value that stays.
 */
public interface SocketView {
    /** Addresses and cookie. */
    SocketId id();

    /** This end. */
    Endpoint local();

    /** The other end. */
    Endpoint peer();

    /** Its state. */
    TcpState state();

    /** The kernel's number for the state, also where {@link #state} is {@link TcpState#UNKNOWN}. */
    int stateNumber();

    /** Bytes not yet read, the FIN counted as one; for a listener the connections waiting for accept. */
    long receiveQueue();

    /** Bytes not yet acknowledged; for a listener the backlog. */
    long sendQueue();

    /** The user who made it. */
    int uid();

    /** Its inode on sockfs; 0 when no file refers to it. */
    long inode();

    /** The timer that is running, or null. */
    @Nullable
    Timer timer();

    /** How long it has been in this state, or null when that cannot be known. */
    @Nullable
    Age age();

    /** The network namespace it lives in. */
    NetNamespace netns();

    /** Every descriptor of every visible process that holds it; empty also when owners were not asked for. */
    List<Owner> owners();

    /** What only a detailed look asks the kernel for. */
    TcpSocket.Details details();

    /** The kernel's cookie, of {@link #id}. */
    default long cookie() {
        return id().cookie();
    }

    /** The firewall mark ({@code SO_MARK}), 0 for none. */
    default int mark() {
        return details().mark();
    }

    /** The path in the cgroup v2 tree, or null. */
    default @Nullable String cgroup() {
        return details().cgroup();
    }

    /** The same as a value that stays. */
    TcpSocket keep();

    /** Whether no file refers to it and the kernel finishes it on its own. */
    default boolean orphan() {
        return inode() == 0 && !unaccepted() && state() != TcpState.LISTEN;
    }

    /** Whether it waits in the queue of a listener: the kernel has it, but the program never called accept. */
    default boolean unaccepted() {
        return inode() == 0
                && switch (state()) {
                    case ESTABLISHED, CLOSE_WAIT, SYN_RECV, NEW_SYN_RECV -> true;
                    default -> false;
                };
    }

    /** Whether it is an IPv6 socket that talks IPv4. */
    default boolean v4mapped() {
        return local().address().isV4Mapped() || peer().address().isV4Mapped();
    }
}
