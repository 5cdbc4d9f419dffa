package lastack.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One TCP socket as the kernel described it, with the processes that hold it.
 *
 * @param id addresses and cookie
 * @param state its state
 * @param stateNumber the kernel's number for the state, also where {@code state} is {@link TcpState#UNKNOWN}
 * @param receiveQueue bytes not yet read, the FIN counted as one; for a listener the connections waiting for accept
 * @param sendQueue bytes not yet acknowledged; for a listener the backlog
 * @param uid the user who made it
 * @param inode its inode on sockfs; 0 when no file refers to it
 * @param timer the timer that is running, or null
 * @param age how long it has been in this state, or null when that cannot be known
 * @param netns the network namespace it lives in
 * @param owners every descriptor of every visible process that holds it; empty also when owners were not asked for
 * @param details what only a detailed look asks the kernel for
 */
public record TcpSocket(
        SocketId id,
        TcpState state,
        int stateNumber,
        long receiveQueue,
        long sendQueue,
        int uid,
        long inode,
        @Nullable Timer timer,
        @Nullable Age age,
        NetNamespace netns,
        List<Owner> owners,
        Details details)
        implements SocketView {

    /**
     * What the kernel tells only when asked, or only of some sockets.
     *
     * @param mark the firewall mark ({@code SO_MARK}), 0 for none
     * @param cgroup the path in the cgroup v2 tree, or null
     * @param congestion the congestion control algorithm, or null
     * @param info {@code struct tcp_info}, or null
     * @param memory the socket's memory, or null
     * @param v6only whether one of IPv6 takes no IPv4 ({@code IPV6_V6ONLY}); told of listeners and closed sockets
     */
    public record Details(
            int mark,
            @Nullable String cgroup,
            @Nullable String congestion,
            @Nullable TcpInfo info,
            @Nullable SocketMemory memory,
            boolean v6only) {
        /** Nothing asked, nothing told. */
        public static final Details NONE = new Details(0, null, null, null, null, false);
    }

    @Override
    public Endpoint local() {
        return id.local();
    }

    @Override
    public Endpoint peer() {
        return id.peer();
    }

    @Override
    public TcpSocket keep() {
        return this;
    }

    /** The same socket with these owners. */
    public TcpSocket withOwners(List<Owner> newOwners) {
        return new TcpSocket(
                id, state, stateNumber, receiveQueue, sendQueue, uid, inode, timer, age, netns, newOwners, details);
    }

    /** The same socket with these details. */
    public TcpSocket withDetails(Details newDetails) {
        return new TcpSocket(
                id, state, stateNumber, receiveQueue, sendQueue, uid, inode, timer, age, netns, owners, newDetails);
    }

    /** The same socket with this age. */
    public TcpSocket withAge(@Nullable Age newAge) {
        return new TcpSocket(
                id, state, stateNumber, receiveQueue, sendQueue, uid, inode, timer, newAge, netns, owners, details);
    }
}
