package lastack.remedy;

import java.util.Optional;
import lastack.model.TcpSocket;
import lastack.model.TcpState;
import org.jspecify.annotations.Nullable;

/**
 * What is never touched unless its own switch names it.
 *
 * @param session lastack's own processes and connection
 * @param listeners whether listening sockets may be touched
 * @param mySession whether the connection the user is logged in through may be touched
 */
record Protection(OwnSession session, boolean listeners, boolean mySession) {
    /** Why the socket must not be touched, or nothing when it may. */
    Optional<Result> of(TcpSocket socket) {
        if (session.holds(socket)) {
            return skipped(
                    socket,
                    "lastack itself holds it",
                    "if your shell handed it down, keep it from lastack: put N>&- behind the command");
        }
        if (socket.state() == TcpState.LISTEN && !listeners) {
            return skipped(socket, "it is a listener", "--listeners allows it");
        }
        if (!mySession && session.isLogin(socket)) {
            return skipped(socket, "you are logged in through it", "--my-session allows it");
        }
        if (!mySession && OwnSession.mayBeLogin(socket)) {
            return skipped(socket, "a login server holds it, and it may be your session", "--my-session allows it");
        }
        return Optional.empty();
    }

    private static Optional<Result> skipped(TcpSocket socket, String why, @Nullable String hint) {
        return Optional.of(Result.untouched(socket, Outcome.SKIPPED, why, hint));
    }
}
