package lastack.testkit;

import lastack.model.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * Who plays in a situation.
 *
 * @param local the subject's own end
 * @param remote the subject's other end
 * @param holder the subject's descriptor, or null
 * @param peer the other end's descriptor, or null
 * @param listener the listener in whose queue the subject waits, or null
 */
record Cast(
        Endpoint local,
        Endpoint remote,
        @Nullable ActorSocket holder,
        @Nullable ActorSocket peer,
        @Nullable ActorSocket listener) {

    /** The subject is held. */
    static Cast held(Connection connection) {
        return new Cast(connection.local(), connection.remote(), connection.here(), connection.there(), null);
    }

    /** The subject has no descriptor any more. */
    static Cast released(Connection connection) {
        return new Cast(connection.local(), connection.remote(), null, connection.there(), null);
    }

    /** The subject waits in the listener's queue. */
    static Cast queued(Endpoint local, Endpoint remote, ActorSocket listener, ActorSocket peer) {
        return new Cast(local, remote, null, peer, listener);
    }

    /** The other end's descriptor, where there is one. */
    ActorSocket theirs() {
        if (peer == null) {
            throw new IllegalStateException("nobody is at " + remote);
        }
        return peer;
    }
}
