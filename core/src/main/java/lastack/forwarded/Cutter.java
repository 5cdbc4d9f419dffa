package lastack.forwarded;

import java.time.Duration;
import java.util.Optional;
import lastack.kernel.Errno;
import lastack.kernel.KernelException;
import lastack.kernel.conntrack.Conntrack;
import lastack.kernel.packet.NextHop;
import lastack.kernel.packet.NextHops;
import lastack.model.Flow;
import lastack.model.ForwardedConnection;
import lastack.remedy.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Ends one connection at both ends from the router between them.
 *
 * <p>A SYN to the server in the client's name makes it tell its numbers, which are the client's too; with those each end gets a RST it must
 * believe. Where the server is silent, the client is asked. Then both are asked once more, and the router forgets the connection.
 */
final class Cutter implements AutoCloseable {
    private final Conntrack conntrack;
    private final NextHops hops;
    private final Duration patience;
    private @Nullable FarEnd lastClient;
    private @Nullable FarEnd lastServer;

    Cutter(Conntrack conntrack, NextHops hops, Duration patience) {
        this.conntrack = conntrack;
        this.hops = hops;
        this.patience = patience;
    }

    CutResult cut(ForwardedConnection connection) {
        long start = System.nanoTime();
        try {
            Optional<ForwardedConnection> now = conntrack.find(connection);
            return now.isEmpty()
                    ? CutResult.untouched(
                            connection, Outcome.ALREADY_GONE, "the router has forgotten it meanwhile", null)
                    : cutNow(connection, start);
        } catch (KernelException e) {
            String why =
                    e.getMessage() + (e.is(Errno.EPERM) ? "; run as root, or with CAP_NET_ADMIN and CAP_NET_RAW" : "");
            return CutResult.untouched(
                    connection, Outcome.REFUSED, why, e.errno().name());
        }
    }

    private CutResult cutNow(ForwardedConnection connection, long start) throws KernelException {
        NextHop towardsClient = hops.towards(connection.client().address());
        NextHop towardsServer = hops.towards(connection.server().address());
        if (towardsClient instanceof NextHop.ThisHost || towardsServer instanceof NextHop.ThisHost) {
            return CutResult.ofThisHost(connection);
        }
        FarEnd client = null;
        if (towardsClient instanceof NextHop.Neighbour hop) {
            client = lastClient = turned(lastClient, connection.original(), hop);
        }
        FarEnd server = null;
        if (towardsServer instanceof NextHop.Neighbour hop) {
            server = lastServer = turned(lastServer, connection.reply(), hop);
        }
        cutBetween(client, server, start + patience.toNanos());
        return result(connection, FarEnd.sightOf(client), FarEnd.sightOf(server), start);
    }

    private static FarEnd turned(@Nullable FarEnd last, Flow from, NextHop.Neighbour hop) throws KernelException {
        if (last == null) {
            return FarEnd.open(from, hop);
        }
        last.turnTo(from, hop);
        return last;
    }

    private static void cutBetween(@Nullable FarEnd client, @Nullable FarEnd server, long deadline)
            throws KernelException {
        if (server != null && server.learn()) {
            if (client != null) {
                client.take(server.expects(), server.sends());
                client.reset();
            }
            end(server, deadline);
            if (client != null && client.stillAnswers()) {
                end(client, deadline);
            }
        } else if (client != null && client.learn()) {
            end(client, deadline);
        }
    }

    /** Data that is on its way moves the number an end expects; each of its answers tells the new one. */
    private static void end(FarEnd end, long deadline) throws KernelException {
        do {
            end.reset();
        } while (end.stillAnswers() && System.nanoTime() < deadline);
    }

    private CutResult result(ForwardedConnection connection, EndSight client, EndSight server, long start)
            throws KernelException {
        boolean cut = client != EndSight.ALIVE && server != EndSight.ALIVE;
        boolean forgotten = cut && forget(connection);
        Outcome outcome = forgotten ? Outcome.REMOVED : Outcome.STILL_THERE;
        return new CutResult(
                connection, outcome, why(client, server), client, server, forgotten, System.nanoTime() - start, null);
    }

    private static String why(EndSight client, EndSight server) {
        if (client == EndSight.SILENT && server == EndSight.SILENT) {
            return "neither end answers: only what the router remembered was there to remove";
        }
        return "client " + inWords(client) + ", server " + inWords(server);
    }

    private static String inWords(EndSight sight) {
        return switch (sight) {
            case RESET -> "has no such connection any more";
            case ALIVE -> "goes on with it";
            case SILENT -> "does not answer";
            case UNKNOWN -> "was not asked";
        };
    }

    /** Deletes the entry and makes sure. */
    private boolean forget(ForwardedConnection connection) throws KernelException {
        try {
            conntrack.delete(connection);
        } catch (KernelException e) {
            if (!e.is(Errno.ENOENT)) {
                throw e;
            }
        }
        return conntrack.find(connection).isEmpty();
    }

    @Override
    public void close() {
        if (lastClient != null) {
            lastClient.close();
        }
        if (lastServer != null) {
            lastServer.close();
        }
    }
}
