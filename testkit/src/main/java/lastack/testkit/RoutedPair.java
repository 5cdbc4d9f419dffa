package lastack.testkit;

import java.net.InetAddress;
import lastack.model.Endpoint;
import lastack.model.Family;
import lastack.model.Flow;
import lastack.model.IpAddress;

/**
 * A client and a server, each in a namespace of its own, with a router between that tracks connections, drops what it finds invalid,
 * and may translate addresses.
 */
public final class RoutedPair implements AutoCloseable {
    private static final int CLIENT_SIDE = 1;
    private static final int SERVER_SIDE = 2;
    private static final int PORT = 8_000;

    /** What the router does with addresses. */
    public enum Translation {
        /** Nothing. */
        NONE(""),
        /** The server sees the router's address. */
        SOURCE("""
                chain s { type nat hook postrouting priority 100
                oifname veth2a masquerade
                }
                """),
        /** The client calls the router's address. */
        DESTINATION("""
                chain d { type nat hook prerouting priority -100
                iifname veth1b meta nfproto ipv4 tcp dport 8000 dnat ip to 10.77.2.2:8000
                iifname veth1b meta nfproto ipv6 tcp dport 8000 dnat ip6 to [fd77:0:0:2::2]:8000
                }
                """),
        /** Both. */
        BOTH(SOURCE.rules + DESTINATION.rules);

        private final String rules;

        Translation(String rules) {
            this.rules = rules;
        }

        private boolean hidesServer() {
            return this == DESTINATION || this == BOTH;
        }
    }

    /**
     * The two ends of one connection through the router.
     *
     * @param client the end that called
     * @param server the end that accepted
     * @param clientPort the client's port
     * @param towardsClient what arrives at the client's host
     */
    public record Ends(ActorSocket client, ActorSocket server, int clientPort, Flow towardsClient) {}

    private final Namespace client = Namespace.open();
    private final Namespace router = Namespace.open();
    private final Namespace server = Namespace.open();
    private final Translation translation;
    private final Family family;
    private final Actor caller;
    private final Actor answerer;
    private final ActorSocket listener;

    /** Plugs them together. */
    public RoutedPair(Translation translation, Family family) {
        this.translation = translation;
        this.family = family;
        Veth.connect(client, router, CLIENT_SIDE);
        Veth.connect(router, server, SERVER_SIDE);
        route(client, CLIENT_SIDE, 2);
        route(server, SERVER_SIDE, 1);
        router.exec("sysctl", "-qw", "net.ipv4.ip_forward=1", "net.ipv6.conf.all.forwarding=1");
        router.exec("nft", """
                table inet t {
                chain f { type filter hook forward priority 0
                ct state invalid drop
                }
                chain o { type filter hook output priority 0
                ct state invalid drop
                }
                """ + translation.rules + "}");
        this.caller = Actor.in(client);
        this.answerer = Actor.in(server);
        this.listener = answerer.socket(family);
        listener.bind(address(SERVER_SIDE, 2), PORT);
        listener.listen(10);
    }

    private static void route(Namespace end, int subnet, int gateway) {
        end.exec("ip", "route", "add", "default", "via", Veth.v4(subnet, gateway));
        end.exec("ip", "-6", "route", "add", "default", "via", Veth.v6(subnet, gateway));
    }

    private String address(int subnet, int end) {
        return family == Family.INET ? Veth.v4(subnet, end) : Veth.v6(subnet, end);
    }

    /** A connection from the client to the server. */
    public Ends connect() {
        return connect(caller.socket(family));
    }

    /** A connection from this port of the client. */
    public Ends connectFrom(int port) {
        ActorSocket calling = caller.socket(family);
        calling.bind(address(CLIENT_SIDE, 1), port);
        return connect(calling);
    }

    private Ends connect(ActorSocket calling) {
        String called = translation.hidesServer() ? address(CLIENT_SIDE, 2) : address(SERVER_SIDE, 2);
        int port = calling.connect(called, PORT);
        Flow towardsClient = new Flow(endpoint(called, PORT), endpoint(address(CLIENT_SIDE, 1), port));
        return new Ends(calling, listener.accept(), port, towardsClient);
    }

    private static Endpoint endpoint(String host, int port) {
        return new Endpoint(IpAddress.of(InetAddress.ofLiteral(host)), port);
    }

    /** Where the client's sockets are. */
    public Namespace client() {
        return client;
    }

    /** Where lastack is to run. */
    public Namespace router() {
        return router;
    }

    /** Where the server's sockets are. */
    public Namespace server() {
        return server;
    }

    /** The client's host is gone, without a word. */
    public void unplugClient() {
        client.exec("ip", "link", "set", "veth1a", "down");
    }

    /** The server's host is gone, without a word. */
    public void unplugServer() {
        server.exec("ip", "link", "set", "veth2b", "down");
    }

    /** Ends the programs, then the namespaces. */
    @Override
    public void close() {
        try (client;
                router;
                server) {
            caller.close();
            answerer.close();
        }
    }
}
