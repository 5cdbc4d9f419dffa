package lastack.testkit;

import java.time.Duration;
import java.util.Locale;

/**
 * A call a thread of an actor is blocked in.
 *
 * @param actor the process
 * @param thread the actor's number for the thread
 * @param tid the kernel's number for it
 */
public record BlockedCall(Actor actor, int thread, int tid) {
    /** {@code POLLIN}, which is also {@code EPOLLIN}. */
    public static final int READABLE = 1;

    /** The calls. */
    public enum Kind {
        READ,
        /** Sends until it blocks, then blocks. */
        WRITE,
        POLL,
        SELECT,
        EPOLL,
        ACCEPT
    }

    /**
     * How a call ended.
     *
     * @param value what it returned
     * @param errno the error number's name when that is -1, else {@code -}
     * @param events what poll or epoll reported
     */
    public record Result(long value, String errno, int events) {}

    static BlockedCall start(ActorSocket socket, Kind kind, int events) {
        String call = kind.name().toLowerCase(Locale.ROOT);
        String[] answer = socket.actor().ask("thread", call, socket.fd(), events);
        return new BlockedCall(socket.actor(), Integer.parseInt(answer[1]), Integer.parseInt(answer[2]));
    }

    /** Waits for it to end; an {@link ActorException} with ETIMEDOUT when it does not. */
    public Result result(Duration patience) {
        String[] answer = actor.ask("result", thread, patience.toMillis());
        return new Result(Long.parseLong(answer[1]), answer[2], Integer.parseInt(answer[3]));
    }

    /** Whether the thread is still in it. */
    public boolean isBlocked() {
        try {
            result(Duration.ZERO);
            return false;
        } catch (ActorException e) {
            return e.errno().equals("ETIMEDOUT");
        }
    }
}
