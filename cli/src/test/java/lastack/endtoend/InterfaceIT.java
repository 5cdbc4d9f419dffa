package lastack.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import lastack.model.Family;
import lastack.model.TcpState;
import lastack.testkit.Actor;
import lastack.testkit.ActorSocket;
import lastack.testkit.Namespace;
import lastack.testkit.Sight;
import lastack.testkit.Veth;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Everything of an interface or an address goes, and nothing of the others, with peers in a namespace of their own. */
final class InterfaceIT {
    private static final String CABLE = "veth1a";

    private final Namespace here = Namespace.open();
    private final Namespace there = Namespace.open();
    private final Launcher lastack = Launcher.in(here);
    private Actor server;
    private Actor client;
    private ActorSocket peerOnCable;
    private ActorSocket peerOnOther;

    /** A connection over each of two cables, and one of IPv6 over the first. */
    @BeforeEach
    void connect() {
        Veth.connect(here, there, 1);
        Veth.connect(here, there, 2);
        server = Actor.in(here);
        client = Actor.in(there);
        ActorSocket listener = server.socket(Family.INET6);
        listener.bind("::", 8080);
        listener.listen(8);
        peerOnCable = connected(Family.INET, Veth.v4(1, 1));
        listener.accept();
        connected(Family.INET6, Veth.v6(1, 1));
        listener.accept();
        peerOnOther = connected(Family.INET, Veth.v4(2, 1));
        listener.accept();
    }

    private ActorSocket connected(Family family, String address) {
        ActorSocket socket = client.socket(family);
        socket.connect(address, 8080);
        return socket;
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
        here.close();
        there.close();
    }

    @Test
    void everythingOnAnInterfaceGoesAndNothingElse() {
        Run run = lastack.run("close", "--yes", "on", CABLE, "state", "connected");

        assertThat(run.exit()).as(run.out() + run.err()).isZero();
        assertThat(run.lines().getLast()).isEqualTo("2 matched, 2 removed");
        assertThat(peerOnCable.look(1_000)).isEqualTo(Sight.RESET);
        assertThat(peerOnOther.state()).isEqualTo(TcpState.ESTABLISHED);
        assertThat(here.tcp().count(TcpState.ESTABLISHED)).isEqualTo(1);
        assertThat(here.tcp().count(TcpState.LISTEN)).isEqualTo(1);
    }

    @Test
    void everythingOnAnAddressGoesAndNothingElse() {
        Run run = lastack.run("close", "--yes", "src", Veth.v4(1, 1));

        assertThat(run.exit()).as(run.out() + run.err()).isZero();
        assertThat(run.lines().getLast()).isEqualTo("1 matched, 1 removed");
        assertThat(peerOnCable.look(1_000)).isEqualTo(Sight.RESET);
        assertThat(here.tcp().count(TcpState.ESTABLISHED)).isEqualTo(2);
    }

    @Test
    void devMeansBoundSocketsAsInSsAndSaysSo() {
        Run nothing = lastack.run("close", "--yes", "dev", "=", CABLE, "state", "connected");
        ActorSocket listener = client.socket(Family.INET);
        listener.bind(Veth.v4(1, 2), 9090);
        listener.listen(1);
        ActorSocket bound = server.socket(Family.INET);
        bound.bindToDevice(CABLE);
        bound.connect(Veth.v4(1, 2), 9090);
        Run one = lastack.run("close", "--yes", "dev", "=", CABLE, "state", "connected");

        assertThat(nothing.exit()).isEqualTo(3);
        assertThat(nothing.err()).contains("bound to " + CABLE, "on " + CABLE, "nothing matched");
        assertThat(one.exit()).as(one.out() + one.err()).isZero();
        assertThat(one.lines().getLast()).isEqualTo("1 matched, 1 removed");
        assertThat(listener.accept().look(1_000)).isEqualTo(Sight.RESET);
    }

    @Test
    void aDryRunShowsThePlanAndTouchesNothing() {
        Run run = lastack.run("close", "--dry-run", "on", CABLE, "state", "connected");

        assertThat(run.exit()).isZero();
        assertThat(run.lines().getLast()).isEqualTo("2 matched, 2 planned");
        assertThat(here.tcp().count(TcpState.ESTABLISHED)).isEqualTo(3);
    }

    @Test
    void anInterfaceIsLookedUpWhereTheSocketsAre() {
        Run run = Launcher.in(there)
                .run("ls", "-H", "-N", Integer.toString(server.pid()), "on", CABLE, "state", "established");
        Run unknown = Launcher.in(there).run("ls", "-H", "on", CABLE);

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.lines()).hasSize(2);
        assertThat(unknown.exit()).isEqualTo(2);
        assertThat(unknown.err()).contains("a network interface that has an address");
    }

    @ParameterizedTest
    @CsvSource({"on lo, 0", "on != lo, 3", "not on lo, 3", "on veth1a or on veth2a, 3", "on veth2a, 1"})
    void listsByTheAddressesOfInterfaces(String filter, int sockets) {
        Run run = lastack.run("ls", "-H", filter, "state", "established");

        assertThat(run.lines()).hasSize(sockets);
    }
}
