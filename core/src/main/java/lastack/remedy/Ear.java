package lastack.remedy;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import lastack.kernel.KernelException;
import lastack.kernel.NetNs;
import lastack.kernel.packet.FourTuple;
import lastack.kernel.packet.PacketSocket;
import lastack.kernel.packet.TcpSegment;
import org.jspecify.annotations.Nullable;

/** Hears what sockets of one network namespace send, one after the other; those that are silent share the time to wait. */
final class Ear implements AutoCloseable {
    private static final int DEFAULT_RATE_LIMIT_MILLIS = 500;
    private static final int SECOND_MILLIS = 1_000;
    private static final int SLACK_MILLIS = 20;

    /** What every socket gets: one that may answer does so before the call that asked it is over, on a quiet machine. */
    private static final long MOMENT_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final long pauseNanos = longestSilence();
    private long patienceNanos;
    private long silenceNanos;
    private @Nullable PacketSocket capture;

    /** In the calling thread's namespace. */
    Ear(Duration patience) {
        this.patienceNanos = patience.toNanos();
        this.silenceNanos = patienceNanos / 2;
    }

    /**
     * The kernel answers one socket only so often, and all of them together only so often in a second; where nothing came, the
     * longer of the two is waited for.
     */
    private static long longestSilence() {
        int each = NetNs.setting("tcp_invalid_ratelimit", DEFAULT_RATE_LIMIT_MILLIS);
        boolean limited = NetNs.setting("tcp_challenge_ack_limit", Integer.MAX_VALUE) != Integer.MAX_VALUE;
        int millis = Math.max(Math.max(each, DEFAULT_RATE_LIMIT_MILLIS), limited ? SECOND_MILLIS : 0) + SLACK_MILLIS;
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }

    void turnTo(FourTuple sent) throws KernelException {
        if (capture == null) {
            capture = PacketSocket.open(sent, PacketSocket.Direction.SENT, PacketSocket.EVERY_INTERFACE);
        } else {
            capture.turnTo(sent);
        }
    }

    /** The next segment, valid until the next call; null when none came before the deadline, as {@link System#nanoTime}. */
    @Nullable
    TcpSegment hear(long deadline) throws KernelException {
        return capture == null ? null : capture.receive(deadline);
    }

    /** When it is of no use any more to wait for the answer to a question asked now. */
    long pauseEnd() {
        return System.nanoTime() + pauseNanos;
    }

    /** How long the socket that is listened to now may take. */
    long patienceNanos() {
        return Math.max(patienceNanos, MOMENT_NANOS);
    }

    /**
     * For how long nobody is asked because the socket is going to speak by itself.
     *
     * @param due nanoseconds until it will have spoken
     * @return 0 when that is too long; half of the time to wait is spent so at most, by all sockets together
     */
    long silence(long due) {
        long silence = due <= silenceNanos ? due : 0;
        silenceNanos -= silence;
        return silence;
    }

    void waitedInVain(long nanos) {
        patienceNanos -= nanos;
    }

    @Override
    public void close() {
        if (capture != null) {
            capture.close();
        }
    }
}
