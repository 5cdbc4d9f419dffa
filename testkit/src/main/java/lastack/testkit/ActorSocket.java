package lastack.testkit;

import java.util.Optional;
import lastack.model.TcpState;

/**
 * One descriptor of an actor, and what can be done with it.
 *
 * @param actor the process
 * @param fd the descriptor's number in it
 */
public record ActorSocket(Actor actor, int fd) {
    /** Binds it; the port it got. */
    public int bind(String address, int port) {
        return (int) actor.askNumber("bind", fd, address, port);
    }

    /** Starts to listen. */
    public void listen(int backlog) {
        actor.ask("listen", fd, backlog);
    }

    /** Connects; the local port it got. */
    public int connect(String address, int port) {
        return (int) actor.askNumber("connect", fd, address, port);
    }

    /** Sends the SYN and does not wait; the local port it got. */
    public int startConnect(String address, int port) {
        return (int) actor.askNumber("start", fd, address, port);
    }

    /** Accepts a connection. */
    public ActorSocket accept() {
        return new ActorSocket(actor, (int) actor.askNumber("accept", fd));
    }

    /** Ends the sending direction. */
    public void shutdownWrite() {
        actor.ask("shutdown", fd, "wr");
    }

    /**
     * Ends the sending direction and waits for the ACK, which the other end's kernel may hold back for 40 ms; without it this
     * end would repeat its FIN.
     */
    public void finish() {
        shutdownWrite();
        await(TcpState.FIN_WAIT_2);
    }

    /** Ends both directions. */
    public void shutdown() {
        actor.ask("shutdown", fd, "rdwr");
    }

    /** Closes the descriptor. */
    public void close() {
        actor.ask("close", fd);
    }

    /** Sends that many bytes without blocking; how many were taken. */
    public int send(int bytes) {
        return (int) actor.askNumber("send", fd, bytes);
    }

    /** Sends until neither this end's buffer nor the other's takes any more. */
    public void fill() {
        actor.ask("fill", fd);
    }

    /** Receives at most that many bytes, waiting that long: 0 at the end of the stream, EAGAIN when nothing came. */
    public int receive(int bytes, int millis) {
        return (int) actor.askNumber("recv", fd, bytes, millis);
    }

    /** Reads whatever there is, waiting that long for the first of it, and says how that ended. */
    public Sight look(int millis) {
        try {
            int bytes = receive(65_536, millis);
            return bytes == 0 ? Sight.atEnd(pendingError()) : look(0);
        } catch (ActorException e) {
            return Sight.of(e);
        }
    }

    /** The name of the error a later call would report, or {@code -}; asking takes it away ({@code SO_ERROR}). */
    public String pendingError() {
        return actor.ask("error", fd)[1];
    }

    /** The state of the socket itself ({@code TCP_INFO}); CLOSED once the kernel has handed it over to TIME-WAIT. */
    public TcpState state() {
        return TcpState.of((int) actor.askNumber("state", fd));
    }

    /** Waits until the socket itself is in this state. */
    public void await(TcpState wanted) {
        Deadline.await(
                this + " to be in " + wanted,
                () -> state() == wanted ? Optional.of(true) : Optional.empty(),
                this::state);
    }

    /** Sets {@code SO_LINGER}. */
    public void linger(int seconds) {
        actor.ask("linger", fd, seconds);
    }

    /** Turns keepalive on, with this idle time and interval. */
    public void keepalive(int seconds) {
        actor.ask("keepalive", fd, seconds);
    }

    /** Sets {@code SO_REUSEADDR}. */
    public void reuseAddress() {
        actor.ask("reuse", fd);
    }

    /** Lets other sockets listen on the same address and port. */
    public void reusePort() {
        actor.ask("reuseport", fd);
    }

    /** Sets the firewall mark. */
    public void mark(int mark) {
        actor.ask("mark", fd, mark);
    }

    /** Binds it to a network interface. */
    public void bindToDevice(String device) {
        actor.ask("device", fd, device);
    }

    /** Makes it deaf: a socket filter drops every packet that comes in. */
    public void drop() {
        actor.ask("drop", fd);
    }

    /** Makes it deaf to SYN and FIN, so that neither end's state moves, and neither has to repeat itself; a RST comes in. */
    public void freeze() {
        actor.ask("freeze", fd);
    }

    /** Ends {@link #drop()} and {@link #freeze()}. */
    public void undrop() {
        actor.ask("undrop", fd);
    }

    /** A second descriptor of the same socket. */
    public ActorSocket duplicate() {
        return new ActorSocket(actor, (int) actor.askNumber("dup", fd));
    }

    /** Puts it in flight over a socket pair nobody reads, and closes the descriptor. */
    public void sendAway() {
        actor.ask("sendfd", fd);
    }

    /** The socket's cookie ({@code SO_COOKIE}). */
    public long cookie() {
        return actor.askNumber("cookie", fd);
    }

    /** The socket's inode ({@code fstat}). */
    public long inode() {
        return actor.askNumber("inode", fd);
    }

    /** Starts a thread that blocks in a call on it; back once the thread sleeps there, or the call is over. */
    public BlockedCall block(BlockedCall.Kind kind) {
        return BlockedCall.start(this, kind, BlockedCall.READABLE);
    }

    /** The same for a poll or epoll that waits for these events; 0 waits for errors and hang-up only. */
    public BlockedCall block(BlockedCall.Kind kind, int events) {
        return BlockedCall.start(this, kind, events);
    }
}
