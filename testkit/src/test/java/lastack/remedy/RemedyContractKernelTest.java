package lastack.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import lastack.filter.Filter;
import lastack.kernel.process.Privileges;
import lastack.kernel.process.ProcStat;
import lastack.model.Owner;
import lastack.model.ProcessId;
import lastack.model.TcpSocket;
import lastack.model.TcpState;
import lastack.sockets.Query;
import lastack.sockets.SocketTable;
import lastack.testkit.Actor;
import lastack.testkit.ActorSocket;
import lastack.testkit.BlockedCall;
import lastack.testkit.Recipe;
import lastack.testkit.Situation;
import lastack.testkit.TcpSituations;
import lastack.testkit.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What every remedy owes, whichever it is: it acts on the very socket it was given, through whoever holds it, or on nothing. */
final class RemedyContractKernelTest {
    private static final Duration SOON = Duration.ofSeconds(5);

    /** They need no descriptor, so that a wrong idea of the owner does not lead them astray. */
    private static final Set<Method> BY_COOKIE = EnumSet.of(Method.DESTROY, Method.RESET, Method.PARK);

    private final TcpSituations tcp = TcpSituations.on(Wire.V4_LOOPBACK);

    @AfterEach
    void close() {
        tcp.close();
    }

    /** Acts as {@link Remover} does once it has made sure, so that what happens here happens too late for it to notice. */
    private static Act act(Method method, Situation situation, TcpSocket socket) throws Exception {
        Target target = new Target(socket, Privileges.own());
        return situation.namespace().call(() -> {
            try (SocketTable table = SocketTable.open();
                    Ladder ladder = new Ladder(table, OwnSession.find(), RemovalOptions.GENTLE.by(method))) {
                return ladder.rungs(target).getFirst().apply(target);
            }
        });
    }

    private static TcpSocket listed(Situation situation) throws Exception {
        Query query = Query.of(Filter.parse("cookie = " + situation.id().cookieHex()));
        return situation.namespace().call(() -> {
            try (SocketTable table = SocketTable.open()) {
                return table.snapshot(query).sockets().getFirst();
            }
        });
    }

    @ParameterizedTest
    @EnumSource(value = Method.class, mode = EnumSource.Mode.EXCLUDE, names = "JVM") // Its holders are JVMs: see JvmIT.
    void removesWhatItIsFor(Method method) throws Exception {
        Situation stuck = tcp.closeWait();

        Act act = act(method, stuck, listed(stuck));

        assertThat(act).isInstanceOf(Act.Done.class);
        stuck.awaitGone();
    }

    @ParameterizedTest
    @EnumSource(value = Method.class, mode = EnumSource.Mode.EXCLUDE, names = "JVM") // Its holders are JVMs: see JvmIT.
    void findsNothingLeftOfASocketThatWasClosed(Method method) throws Exception {
        Situation stuck = tcp.closeWait();
        TcpSocket before = listed(stuck);
        stuck.holder().close();
        stuck.awaitGone();

        Act act = act(method, stuck, before);

        assertThat(act).isEqualTo(new Act.NothingLeft());
        assertThat(stuck.holder().actor().descriptorLimit()).isPositive();
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void findsNothingLeftOfAHolderThatHasEnded(Method method) throws Exception {
        Situation stuck = tcp.closeWait();
        TcpSocket before = listed(stuck);
        stuck.holder().actor().close();
        stuck.awaitGone();

        Act act = act(method, stuck, before);

        assertThat(act).isEqualTo(new Act.NothingLeft());
    }

    @ParameterizedTest
    @EnumSource(value = Method.class, mode = EnumSource.Mode.EXCLUDE, names = "JVM") // Its holders are JVMs: see JvmIT.
    void leavesAnotherSocketOnTheSameDescriptorNumberAlone(Method method) throws Exception {
        Situation stuck = tcp.closeWait();
        TcpSocket before = listed(stuck);
        ActorSocket other = inPlaceOf(stuck);
        other.bind(stuck.wire().here(), 0);
        other.listen(1);

        Act act = act(method, stuck, before);

        assertThat(act).isEqualTo(new Act.NothingLeft());
        assertThat(other.fd()).isEqualTo(stuck.holder().fd());
        assertThat(other.state()).isEqualTo(TcpState.LISTEN);
    }

    @ParameterizedTest
    @EnumSource(value = Method.class, mode = EnumSource.Mode.EXCLUDE, names = "JVM") // Its holders are JVMs: see JvmIT.
    void leavesALaterConnectionOnTheSameAddressesAndDescriptorNumberAlone(Method method) throws Exception {
        Situation stuck = tcp.closeWait();
        TcpSocket before = listed(stuck);
        ActorSocket later = connectAgain(stuck);

        Act act = act(method, stuck, before);

        assertThat(act).isEqualTo(new Act.NothingLeft());
        assertThat(later.fd()).isEqualTo(stuck.holder().fd());
        assertThat(later.state()).isEqualTo(TcpState.CLOSE_WAIT);
        assertThat(later.inode()).isNotEqualTo(stuck.inode());
    }

    /** Closes the descriptor and opens another socket, which gets its number, because every lower one is taken. */
    private static ActorSocket inPlaceOf(Situation situation) {
        Actor actor = situation.holder().actor();
        for (ActorSocket filler = actor.socket(situation.wire().family());
                filler.fd() < situation.holder().fd(); ) {
            filler = actor.socket(situation.wire().family());
        }
        situation.holder().close();
        situation.awaitGone();
        return actor.socket(situation.wire().family());
    }

    /** The same ends, the same state, the same number in the same process: only inode and cookie are new. */
    private static ActorSocket connectAgain(Situation situation) {
        situation.peer().linger(0);
        situation.peer().close();
        ActorSocket placeholder = inPlaceOf(situation);
        ActorSocket listener = placeholder.actor().socket(situation.wire().family());
        listener.bind(situation.wire().here(), situation.id().local().port());
        listener.listen(1);
        placeholder.close();
        ActorSocket client = situation.peer().actor().socket(situation.wire().peerFamily());
        client.bind(situation.wire().there(), situation.id().peer().port());
        client.connect(situation.wire().here(), situation.id().local().port());
        ActorSocket accepted = listener.accept();
        client.finish();
        return accepted;
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void leavesALaterProcessOfTheSameNumberAlone(Method method) throws Exception {
        Situation stuck = tcp.closeWait();
        Owner earlier = startedEarlier(listed(stuck).owners().getFirst());

        Act act = act(method, stuck, listed(stuck).withOwners(List.of(earlier)));

        if (BY_COOKIE.contains(method)) {
            stuck.awaitGone();
        } else {
            assertThat(act).isEqualTo(new Act.NothingLeft());
            assertThat(stuck.now().orElseThrow().state()).isEqualTo(TcpState.CLOSE_WAIT);
        }
        assertThat(stuck.holder().inode()).isEqualTo(stuck.inode());
    }

    private static Owner startedEarlier(Owner owner) {
        ProcessId earlier = new ProcessId(owner.pid(), owner.process().startTime() - 1);
        return new Owner(
                earlier,
                owner.comm(),
                owner.cmdline(),
                owner.uid(),
                owner.user(),
                owner.fd(),
                owner.workload(),
                owner.pidInside(),
                owner.jvm());
    }

    @ParameterizedTest
    @EnumSource(value = Method.class, mode = EnumSource.Mode.EXCLUDE, names = "JVM") // Its holders are JVMs: see JvmIT.
    void needsOnlyOneCallHoweverManyHoldIt(Method method) throws Exception {
        Situation stuck = tcp.closeWait();
        stuck.holder().duplicate();
        stuck.holder().actor().fork();
        TcpSocket shared = listed(stuck);

        Act act = act(method, stuck, shared);

        assertThat(shared.owners()).hasSize(4);
        assertThat(act).isInstanceOf(Act.Done.class);
        stuck.awaitGone();
    }

    @ParameterizedTest
    @EnumSource(
            value = Method.class,
            names = {"PARK", "FD"})
    void takesTheDescriptorFromEveryHolder(Method method) throws Exception {
        Situation stuck = tcp.closeWait();
        stuck.holder().duplicate();
        stuck.holder().actor().fork();
        TcpSocket shared = listed(stuck);

        act(method, stuck, shared);

        String expected = method == Method.PARK ? "/dev/null" : "closed";
        assertThat(shared.owners()).extracting(RemedyContractKernelTest::link).containsOnly(expected);
        assertThat(shared.owners()).extracting(Owner::pid).allMatch(RemedyContractKernelTest::lives);
        assertThat(stuck.holder().actor().descriptorLimit()).isPositive();
    }

    private static String link(Owner owner) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/" + owner.pid() + "/fd/" + owner.fd()))
                    .toString();
        } catch (IOException e) {
            return "closed";
        }
    }

    private static boolean lives(int pid) {
        int state = ProcStat.state(pid).orElse('X');
        return state != 'Z' && state != 'X';
    }

    @ParameterizedTest
    @EnumSource(
            value = Method.class,
            names = {"TERM", "KILL"})
    void endsEveryHolder(Method method) throws Exception {
        Situation stuck = tcp.closeWait();
        int child = stuck.holder().actor().fork();
        TcpSocket shared = listed(stuck);

        act(method, stuck, shared);

        stuck.awaitGone();
        assertThat(shared.owners()).extracting(Owner::pid).contains(child).noneMatch(RemedyContractKernelTest::lives);
    }

    static Stream<Arguments> descriptorMethodsAndCalls() {
        return Stream.of(Method.PARK, Method.FD)
                .flatMap(method -> Stream.of(BlockedCall.Kind.values())
                        .filter(staysAwareOfTheDescriptor(method))
                        .map(kind -> Arguments.of(method, kind)));
    }

    /** A descriptor that is closed leaves an epoll set without a word: epoll(7), question 6. */
    private static Predicate<BlockedCall.Kind> staysAwareOfTheDescriptor(Method method) {
        return kind -> method == Method.PARK || kind != BlockedCall.Kind.EPOLL;
    }

    @ParameterizedTest(name = "{0} while a thread is in {1}")
    @MethodSource("descriptorMethodsAndCalls")
    void freesAThreadThatIsBlockedOnTheDescriptor(Method method, BlockedCall.Kind kind) throws Exception {
        Situation calm = tcp.make(kind == BlockedCall.Kind.ACCEPT ? Recipe.LISTEN : Recipe.ESTABLISHED);
        BlockedCall call = calm.holder().block(kind);
        TcpSocket socket = listed(calm);

        Act act = act(method, calm, socket);

        BlockedCall.Result result = call.result(SOON);
        assertThat(act).isInstanceOfSatisfying(Act.Done.class, done -> {
            assertThat(done.standStillNanos()).isPositive();
            System.out.printf(
                    "%s while in %s: stood still %d us, then %s%n",
                    method.label(), kind, done.standStillNanos() / 1_000, result);
        });
        assertThat(socket.owners())
                .extracting(RemedyContractKernelTest::link)
                .noneMatch(link -> link.startsWith("socket"));
        assertThat(calm.holder().actor().descriptorLimit()).isPositive();
    }
}
