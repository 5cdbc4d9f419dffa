package lastack.remedy;

import java.util.List;
import lastack.model.TcpSocket;
import lastack.model.TcpState;
import org.jspecify.annotations.Nullable;

/**
 * What became of one socket, and why it was done this way.
 *
 * @param socket the socket as it was selected
 * @param method the method that was chosen, null when none was
 * @param outcome what became of it
 * @param why what was done, or why nothing was
 * @param rejected the methods passed over before
 * @param elapsedNanos from the first attempt to the last look
 * @param stateAfter its state at the last look, null when it is gone or was not looked at
 * @param descriptorFreed whether it had owners and none of them holds it any more
 * @param standStillNanos how long an owner's threads stood still, 0 when they did not
 * @param error the error's name, such as {@code EPERM}, or null
 * @param lacksPermission whether more rights or another kernel would have helped
 * @param hint what to try next, or null
 */
public record Result(
        TcpSocket socket,
        @Nullable Method method,
        Outcome outcome,
        String why,
        List<Rejection> rejected,
        long elapsedNanos,
        @Nullable TcpState stateAfter,
        boolean descriptorFreed,
        long standStillNanos,
        @Nullable String error,
        boolean lacksPermission,
        @Nullable String hint) {

    /** A result without an attempt. */
    public static Result untouched(TcpSocket socket, Outcome outcome, String why, @Nullable String hint) {
        return new Result(socket, null, outcome, why, List.of(), 0, socket.state(), false, 0, null, false, hint);
    }

    /** The same, with every other method that was passed over by now. */
    Result passingOver(List<Rejection> all) {
        List<Rejection> others =
                all.stream().filter(rejection -> rejection.method() != method).toList();
        return new Result(
                socket,
                method,
                outcome,
                why,
                others,
                elapsedNanos,
                stateAfter,
                descriptorFreed,
                standStillNanos,
                error,
                lacksPermission,
                hint);
    }

    /** The same after another look. */
    Result seenIn(@Nullable TcpState stateNow) {
        return new Result(
                socket,
                method,
                outcome,
                why,
                rejected,
                elapsedNanos,
                stateNow,
                descriptorFreed,
                standStillNanos,
                error,
                lacksPermission,
                hint);
    }
}
