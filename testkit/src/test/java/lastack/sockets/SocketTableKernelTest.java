package lastack.sockets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import lastack.filter.Filter;
import lastack.model.Endpoint;
import lastack.model.Gap;
import lastack.model.Owner;
import lastack.model.SocketId;
import lastack.model.TcpSocket;
import lastack.testkit.Actor;
import lastack.testkit.BlockedCall;
import lastack.testkit.ChildJvm;
import lastack.testkit.Crowd;
import lastack.testkit.Holding;
import lastack.testkit.Namespace;
import lastack.testkit.Recipe;
import lastack.testkit.Situation;
import lastack.testkit.TcpSituations;
import lastack.testkit.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SocketTableKernelTest {
    private static final int NOBODY = 65_534;

    private final TcpSituations tcp = TcpSituations.on(Wire.V4_LOOPBACK);

    @AfterEach
    void close() {
        tcp.close();
    }

    private static TcpSocket listed(Situation situation) throws Exception {
        return situation.namespace().call(() -> {
            try (SocketTable table = SocketTable.open()) {
                Query query = Query.of(Filter.parse("cookie = " + situation.id().cookieHex()));
                return table.snapshot(query).sockets().getFirst();
            }
        });
    }

    private static boolean findsAgain(Situation situation, TcpSocket socket) throws Exception {
        return situation.namespace().call(() -> {
            try (SocketTable table = SocketTable.open()) {
                return table.findAgain(socket).isPresent();
            }
        });
    }

    @ParameterizedTest
    @EnumSource(Recipe.class)
    void knowsWhoHasHoldOfIt(Recipe recipe) throws Exception {
        Situation situation = tcp.make(recipe);

        TcpSocket socket = listed(situation);

        assertThat(socket.state()).isEqualTo(recipe.state());
        assertThat(socket.inode()).isEqualTo(situation.inode());
        assertThat(socket.owners()).hasSize(recipe.holding() == Holding.HELD ? 1 : 0);
        assertThat(socket.orphan()).isEqualTo(recipe.holding() == Holding.ORPHAN);
        assertThat(socket.unaccepted()).isEqualTo(recipe.holding() == Holding.UNACCEPTED);
        assertThat(socket.v4mapped()).isFalse();
    }

    @Test
    void tellsAboutTheOwnerWhatProcTells() throws Exception {
        Situation stuck = tcp.closeWait();
        Actor actor = stuck.holder().actor();

        Owner owner = listed(stuck).owners().getFirst();

        assertThat(owner.process()).isEqualTo(actor.process());
        assertThat(owner.fd()).isEqualTo(stuck.holder().fd());
        assertThat(owner.comm()).isEqualTo("actor");
        assertThat(owner.cmdline()).contains("/actor ");
        assertThat(owner.uid()).isZero();
        assertThat(owner.user()).isEqualTo("root");
        assertThat(owner.jvm()).isFalse();
    }

    @Test
    void namesTheUserTheOwnerHasBecome() throws Exception {
        Situation stuck = tcp.closeWait();
        stuck.holder().actor().become(NOBODY);

        Owner owner = listed(stuck).owners().getFirst();

        assertThat(owner.uid()).isEqualTo(NOBODY);
        assertThat(owner.user()).isEqualTo("nobody");
    }

    @Test
    void findsEveryDescriptorOfEveryProcess() throws Exception {
        Situation stuck = tcp.closeWait();
        int first = stuck.holder().fd();
        int second = stuck.holder().duplicate().fd();
        int parent = stuck.holder().actor().pid();
        int child = stuck.holder().actor().fork();

        List<Owner> owners = listed(stuck).owners();

        assertThat(owners)
                .extracting(owner -> owner.pid() + ":" + owner.fd())
                .containsExactlyInAnyOrder(
                        parent + ":" + first, parent + ":" + second, child + ":" + first, child + ":" + second);
    }

    @Test
    void countsThreadsThatShareTheirDescriptorsOnce() throws Exception {
        Situation calm = tcp.established();
        calm.holder().block(BlockedCall.Kind.READ);
        calm.holder().block(BlockedCall.Kind.POLL);

        List<Owner> owners = listed(calm).owners();

        assertThat(owners)
                .singleElement()
                .extracting(Owner::pid)
                .isEqualTo(calm.holder().actor().pid());
    }

    @Test
    void findsTheOwnersAlthoughProcessesComeAndGo() throws Exception {
        Situation stuck = tcp.closeWait();
        AtomicBoolean enough = new AtomicBoolean();
        Thread churn = Thread.ofPlatform().start(() -> {
            while (!enough.get()) {
                stuck.namespace().exec("sh", "-c", "true & true & true & true & wait");
            }
        });

        List<Gap> gaps = new ArrayList<>();
        for (int walk = 0; walk < 30; walk++) {
            try (SocketTable table = SocketTable.open(stuck.namespace().path())) {
                gaps.addAll(table.stream(
                        Query.of(Filter.parse("state close-wait")),
                        socket -> assertThat(socket.owners()).hasSize(1)));
            }
        }
        enough.set(true);
        churn.join();

        assertThat(gaps).extracting(Gap::what).allMatch("owners"::equals);
    }

    @Test
    void saysWhichOwnersItMayNotSee() throws Exception {
        Situation stuck = tcp.closeWait();
        stuck.holder().actor().become(NOBODY);

        List<String> lines =
                ChildJvm.in(stuck.namespace()).powerless().run(CountSockets.class, "state close-wait", "true");

        assertThat(lines).startsWith("1 sockets", "0 owners");
        assertThat(lines).anyMatch(line -> line.matches("owners: the descriptors of .+ may not be read"));
    }

    /** Whoever may not see a process would have to say so, had it looked. */
    @ParameterizedTest
    @EnumSource(
            value = Recipe.class,
            names = {"TIME_WAIT", "CLOSE_WAIT_UNACCEPTED"})
    void looksForNoOwnersOfWhatCanHaveNone(Recipe recipe) throws Exception {
        tcp.closeWait().holder().actor().become(NOBODY);
        Situation kernels = tcp.make(recipe);
        ChildJvm child = ChildJvm.in(kernels.namespace()).powerless();

        List<String> nothing = child.run(CountSockets.class, "sport = :1", "true");
        List<String> ownerless =
                child.run(CountSockets.class, "cookie = " + kernels.id().cookieHex(), "true");

        assertThat(nothing).containsExactly("0 sockets", "0 owners");
        assertThat(ownerless).containsExactly("1 sockets", "0 owners");
    }

    @ParameterizedTest
    @EnumSource(Recipe.class)
    void findsExactlyTheSameSocketAgain(Recipe recipe) throws Exception {
        Situation situation = tcp.make(recipe);
        TcpSocket socket = listed(situation);

        boolean same = findsAgain(situation, socket);
        boolean other = findsAgain(situation, withCookie(socket, socket.id().cookie() + 1));

        assertThat(same).isTrue();
        assertThat(other).isFalse();
    }

    private static TcpSocket withCookie(TcpSocket socket, long cookie) {
        SocketId id = new SocketId(
                socket.id().family(), socket.local(), socket.peer(), socket.id().deviceIndex(), cookie);
        return new TcpSocket(
                id,
                socket.state(),
                socket.stateNumber(),
                socket.receiveQueue(),
                socket.sendQueue(),
                socket.uid(),
                socket.inode(),
                socket.timer(),
                socket.age(),
                socket.netns(),
                socket.owners(),
                socket.details());
    }

    @Test
    void doesNotFindWhatIsGone() throws Exception {
        Situation stuck = tcp.closeWait();
        TcpSocket socket = listed(stuck);
        stuck.holder().close();
        stuck.awaitGone();

        assertThat(findsAgain(stuck, socket)).isFalse();
    }

    @Test
    void flagsAV4MappedSocketAndNamesItsDevice() throws Exception {
        try (TcpSituations mapped = TcpSituations.on(Wire.MAPPED_LOOPBACK)) {
            Situation stuck = mapped.closeWait();
            stuck.holder().bindToDevice("lo");

            TcpSocket socket = listed(stuck);

            Endpoint local = socket.local();
            assertThat(socket.v4mapped()).isTrue();
            assertThat(local.address()).hasToString("::ffff:127.0.0.1");
            assertThat(local.device()).isEqualTo("lo");
        }
    }

    @Test
    void listsAnotherNamespaceFromOutside() throws Exception {
        Situation stuck = tcp.closeWait();

        try (SocketTable table = SocketTable.open(stuck.namespace().path())) {
            List<TcpSocket> sockets =
                    table.snapshot(Query.of(Filter.parse("state close-wait"))).sockets();

            assertThat(table.namespace().inode()).isEqualTo(stuck.namespace().inode());
            assertThat(sockets).singleElement().satisfies(socket -> {
                assertThat(socket.id()).isEqualTo(stuck.id());
                assertThat(socket.netns()).isEqualTo(table.namespace());
                assertThat(socket.owners()).hasSize(1);
            });
        }
    }

    @Test
    void findsEveryNamespaceWithAProcess() throws Exception {
        Situation stuck = tcp.closeWait();
        List<TcpSocket> sockets = new ArrayList<>();

        try (SocketTables tables = SocketTables.open("all")) {
            tables.stream(Query.of(Filter.parse("cookie = " + stuck.id().cookieHex())), sockets::add);

            assertThat(sockets)
                    .extracting(socket -> socket.netns().inode())
                    .contains(stuck.namespace().inode());
        }
    }

    @Test
    void streamsACrowdThroughASmallHeap() throws Exception {
        int many = 100_000;
        try (Namespace namespace = Namespace.open();
                Crowd crowd = Crowd.of(namespace, many)) {
            ChildJvm small = ChildJvm.in(namespace).with("-Xmx64m", "-XX:+ExitOnOutOfMemoryError");

            List<String> plain = small.run(CountSockets.class, "state close-wait", "false");
            List<String> owned = small.run(CountSockets.class, "state close-wait", "true");

            assertThat(crowd.count()).isEqualTo(many);
            assertThat(plain).containsExactly(many + " sockets", "0 owners");
            assertThat(owned).startsWith(many + " sockets", many + " owners");
        }
    }
}
