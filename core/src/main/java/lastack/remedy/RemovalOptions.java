package lastack.remedy;

import java.time.Duration;
import java.util.Optional;

/**
 * How to remove.
 *
 * @param by the one method to use, or nothing to take the gentlest that fits
 * @param freeDescriptor whether the descriptor must be released too
 * @param escalate whether to go on to harsher methods, up to signals, where one was refused or did not remove the socket
 * @param patience how long to look for a socket to be gone, after each attempt
 * @param listeners whether listening sockets may be touched
 * @param mySession whether the connection the user is logged in through may be touched
 * @param bothEnds whether {@link Method#RESET} resets the peer too
 */
public record RemovalOptions(
        Optional<Method> by,
        boolean freeDescriptor,
        boolean escalate,
        Duration patience,
        boolean listeners,
        boolean mySession,
        boolean bothEnds) {
    /** Acts on this host's end only. */
    public RemovalOptions(
            Optional<Method> by,
            boolean freeDescriptor,
            boolean escalate,
            Duration patience,
            boolean listeners,
            boolean mySession) {
        this(by, freeDescriptor, escalate, patience, listeners, mySession, false);
    }

    /** The gentlest method that fits, two seconds, nothing protected touched. */
    public static final RemovalOptions GENTLE =
            new RemovalOptions(Optional.empty(), false, false, Duration.ofSeconds(2), false, false);

    /** The same by one method. */
    public RemovalOptions by(Method method) {
        return new RemovalOptions(
                Optional.of(method), freeDescriptor, escalate, patience, listeners, mySession, bothEnds);
    }
}
