package lastack.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import lastack.model.Family;

/**
 * A namespace full of sockets: every recipe over IPv4, IPv6 and v4-mapped loopback, on many addresses and ports, some with a
 * firewall mark, some bound to {@code lo}. For comparing two ways of listing or filtering.
 */
public final class FullNamespace implements AutoCloseable {
    private static final List<Wire> WIRES = List.of(Wire.V4_LOOPBACK, Wire.V6_LOOPBACK, Wire.MAPPED_LOOPBACK);
    private static final int[] PORTS = {22, 80, 443, 3306, 5432, 6379, 8080, 9999};
    private static final int HOSTS = 9;
    private static final int BACKLOG = 16;

    private final Namespace namespace;
    private final Actor here;
    private final Actor there;
    private final List<Situation> situations = new ArrayList<>();

    private FullNamespace(Namespace namespace) {
        this.namespace = namespace;
        this.here = Actor.in(namespace);
        this.there = Actor.in(namespace);
    }

    /** Makes one. All subjects are in one process, all peers in another. */
    public static FullNamespace open() {
        FullNamespace made = new FullNamespace(Namespace.open());
        try {
            made.addAddresses();
            made.playAll();
            made.listenEverywhere();
            return made;
        } catch (RuntimeException e) {
            made.close();
            throw e;
        }
    }

    private void addAddresses() {
        for (int i = 1; i < HOSTS; i++) {
            namespace.exec("ip", "addr", "add", host(Family.INET6, i) + "/128", "dev", "lo", "nodad");
        }
    }

    private void playAll() {
        for (Recipe recipe : Recipe.values()) {
            for (Wire wire : WIRES) {
                situations.add(Situation.play(recipe, stage(wire, situations.size()), namespace));
            }
        }
    }

    /** The index picks the port first, then the host, so that no two subjects share both. */
    private Stage stage(Wire wire, int index) {
        Family spoken = wire.peerFamily();
        String hereHost = host(spoken, index / PORTS.length % HOSTS);
        String thereHost = host(spoken, index % HOSTS);
        return new Stage(wire, here, there, hereHost, thereHost, PORTS[index % PORTS.length], dress(index));
    }

    private static String host(Family family, int index) {
        if (family == Family.INET) {
            return "127.0.0." + (1 + index);
        }
        return index == 0 ? "::1" : "fd77:0:0:ffff::" + index;
    }

    private static Consumer<ActorSocket> dress(int index) {
        return switch (index % 5) {
            case 0 -> socket -> socket.mark(0x10 + index);
            case 1 -> socket -> socket.bindToDevice("lo");
            default -> socket -> {};
        };
    }

    /** Listeners on every address, as most servers have them. */
    private void listenEverywhere() {
        listen(Family.INET, "0.0.0.0", 7000);
        listen(Family.INET6, "::", 7001);
    }

    private void listen(Family family, String host, int port) {
        ActorSocket socket = here.socket(family);
        socket.bind(host, port);
        socket.listen(BACKLOG);
    }

    /** The namespace. */
    public Namespace namespace() {
        return namespace;
    }

    /** The subjects. The table also has their peers and listeners. */
    public List<Situation> situations() {
        return List.copyOf(situations);
    }

    /** Ends the two processes, then the namespace. */
    @Override
    public void close() {
        try (namespace;
                here;
                there) {
            situations.clear();
        }
    }
}
