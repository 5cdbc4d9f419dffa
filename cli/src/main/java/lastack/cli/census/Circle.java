package lastack.cli.census;

import lastack.model.Endpoint;
import lastack.model.IpAddress;
import lastack.model.NetNamespace;
import lastack.model.TcpState;
import org.jspecify.annotations.Nullable;

/**
 * What the sockets of a group have in common.
 *
 * @param netns where they live
 * @param state their state
 * @param owner who holds them: {@code nc[4711]}, {@code kernel}, {@code not accepted}
 * @param peer the other end, where the service is; null where it is at this end
 * @param port the service's port
 */
public record Circle(
        NetNamespace netns,
        TcpState state,
        String owner,
        @Nullable IpAddress peer,
        int port) {

    /** The same without the other end, for the many groups that are not kept apart. */
    Circle withAnyPeer() {
        return new Circle(netns, state, owner, null, 0);
    }

    /**
     * Between whom: {@code to 10.0.0.9:443}, {@code :80 from 10.0.0.7}.
     *
     * @param client the other end where the service is at this one, null for several
     */
    String between(@Nullable IpAddress client) {
        if (peer != null) {
            return "to " + new Endpoint(peer, port);
        }
        if (port == 0) {
            return "other peers";
        }
        return ":" + port + " from " + (client == null ? "many" : client);
    }
}
