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
 * @param persistent whether to go on to harsher methods, but never to signals, where none was chosen and one did not remove
 *     the socket
 */
public record RemovalOptions(
        Optional<Method> by,
        boolean freeDescriptor,
        boolean escalate,
        Duration patience,
        boolean listeners,
        boolean mySession,
        boolean bothEnds,
        boolean persistent) {
    /** The gentlest method that fits, two seconds, nothing protected touched. */
    public static final RemovalOptions GENTLE =
            new RemovalOptions(Optional.empty(), false, false, Duration.ofSeconds(2), false, false, false, false);

    /** The same by one method. */
    public RemovalOptions by(Method method) {
        return new RemovalOptions(
                Optional.of(method), freeDescriptor, escalate, patience, listeners, mySession, bothEnds, persistent);
    }

    /** The same, releasing the descriptor too. */
    public RemovalOptions freeingDescriptor() {
        return new RemovalOptions(by, true, escalate, patience, listeners, mySession, bothEnds, persistent);
    }

    /** The same, going on to harsher methods up to signals. */
    public RemovalOptions escalating() {
        return new RemovalOptions(by, freeDescriptor, true, patience, listeners, mySession, bothEnds, persistent);
    }

    /** The same, waiting so long for each attempt. */
    public RemovalOptions waiting(Duration time) {
        return new RemovalOptions(by, freeDescriptor, escalate, time, listeners, mySession, bothEnds, persistent);
    }

    /** The same for listeners too. */
    public RemovalOptions touchingListeners() {
        return new RemovalOptions(by, freeDescriptor, escalate, patience, true, mySession, bothEnds, persistent);
    }

    /** The same for the connection the user is logged in through too. */
    public RemovalOptions touchingMySession() {
        return new RemovalOptions(by, freeDescriptor, escalate, patience, listeners, true, bothEnds, persistent);
    }

    /** The same, resetting the peer too. */
    public RemovalOptions resettingBothEnds() {
        return new RemovalOptions(by, freeDescriptor, escalate, patience, listeners, mySession, true, persistent);
    }

    /** The same, going on until it is gone, but never to signals. */
    public RemovalOptions persisting() {
        return new RemovalOptions(by, freeDescriptor, escalate, patience, listeners, mySession, bothEnds, true);
    }
}
