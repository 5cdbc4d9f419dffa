package lastack.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import lastack.filter.Filter;
import lastack.model.Family;
import lastack.model.Snapshot;
import lastack.sockets.Query;
import lastack.sockets.SocketTable;
import lastack.testkit.Actor;
import lastack.testkit.ActorSocket;
import lastack.testkit.Namespace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sockets the kernel's look-up by addresses does not find, or whose interface has no address to be found by. */
final class OddSocketsKernelTest {
    private final Namespace namespace = Namespace.open();
    private final Actor actor = Actor.in(namespace);

    @AfterEach
    void close() {
        actor.close();
        namespace.close();
    }

    @Test
    void doesNotTakeASocketThatIsOnlyBoundForGone() throws Exception {
        int port = actor.socket(Family.INET).bind("127.0.0.1", 0);

        Result result = attempt(port, RemovalOptions.GENTLE).result();

        assertThat(result.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(result.rejected()).extracting(Rejection::why).contains(Suitability.NO_CONNECTION);
    }

    @Test
    void removesASocketThatIsOnlyBoundWithItsDescriptor() throws Exception {
        int port = actor.socket(Family.INET).bind("127.0.0.1", 0);

        Result result = attempt(port, RemovalOptions.GENTLE.by(Method.FD)).result();

        assertThat(result.outcome()).isEqualTo(Outcome.REMOVED);
        assertThat(result.descriptorFreed()).isTrue();
    }

    @Test
    void findsEachOfTheListenersThatShareAPort() throws Exception {
        int port = sharing(0);
        sharing(port);
        sharing(port);

        for (int left = 3; left > 0; left--) {
            String oneOfThem = "state listening cookie = "
                    + listeners(port).sockets().getFirst().id().cookieHex();
            RemovalOptions allowed = RemovalOptions.GENTLE.touchingListeners();
            Result result = new Attempt(namespace, oneOfThem, allowed, () -> {}).result();

            assertThat(result.outcome()).isEqualTo(Outcome.REMOVED);
            assertThat(listeners(port).sockets()).hasSize(left - 1);
        }
    }

    @Test
    void knowsInterfacesWithoutAnAddress() throws Exception {
        namespace.exec("ip", "link", "add", "bare0", "type", "veth", "peer", "name", "bare1");
        namespace.exec("ip", "link", "set", "bare0", "up");
        ActorSocket socket = actor.socket(Family.INET);
        socket.bindToDevice("bare0");
        socket.bind("0.0.0.0", 0);
        socket.listen(1);

        Snapshot on = listed("dev = bare0");
        Snapshot off = listed("dev != bare0");

        assertThat(on.sockets()).hasSize(1);
        assertThat(on.sockets().getFirst().local().device()).isEqualTo("bare0");
        assertThat(off.sockets()).isEmpty();
    }

    private int sharing(int port) {
        ActorSocket socket = actor.socket(Family.INET);
        socket.reusePort();
        int bound = socket.bind("127.0.0.1", port);
        socket.listen(1);
        return bound;
    }

    private Attempt attempt(int port, RemovalOptions options) {
        return new Attempt(namespace, "src 127.0.0.1:" + port, options, () -> {});
    }

    private Snapshot listeners(int port) throws Exception {
        return listed("state listening sport = :" + port);
    }

    private Snapshot listed(String filter) throws Exception {
        return namespace.call(() -> {
            try (SocketTable table = SocketTable.open()) {
                return table.snapshot(Query.of(Filter.parse(filter)));
            }
        });
    }
}
