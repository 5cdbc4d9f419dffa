package lastack.forwarded;

import lastack.model.ForwardedConnection;
import lastack.remedy.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * What became of one connection.
 *
 * @param connection as it was selected
 * @param outcome what became of it
 * @param why what was done, or why nothing was
 * @param client what was seen of the client in the end
 * @param server what was seen of the server in the end
 * @param entryRemoved whether the router has forgotten it
 * @param elapsedNanos from the first packet to the last look
 * @param error the name of the error number of what failed, or null
 */
public record CutResult(
        ForwardedConnection connection,
        Outcome outcome,
        String why,
        EndSight client,
        EndSight server,
        boolean entryRemoved,
        long elapsedNanos,
        @Nullable String error) {
    /** What would be done. */
    static CutResult planned(ForwardedConnection connection) {
        return untouched(
                connection,
                Outcome.PLANNED,
                "a SYN to the server in the client's name to learn the numbers, a RST to each end, then the entry is removed",
                null);
    }

    static CutResult ofThisHost(ForwardedConnection connection) {
        return untouched(
                connection,
                Outcome.SKIPPED,
                "one end is a socket of this host: use lastack close without --forwarded",
                null);
    }

    static CutResult untouched(ForwardedConnection connection, Outcome outcome, String why, @Nullable String error) {
        return new CutResult(connection, outcome, why, EndSight.UNKNOWN, EndSight.UNKNOWN, false, 0, error);
    }
}
