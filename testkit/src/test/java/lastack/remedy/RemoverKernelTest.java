package lastack.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import lastack.filter.Filter;
import lastack.model.Endpoint;
import lastack.model.TcpState;
import lastack.sockets.Query;
import lastack.sockets.SocketTable;
import lastack.testkit.ActorSocket;
import lastack.testkit.ChildJvm;
import lastack.testkit.Namespace;
import lastack.testkit.Recipe;
import lastack.testkit.Sight;
import lastack.testkit.Situation;
import lastack.testkit.TcpSituations;
import lastack.testkit.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@link Remover} promises beyond its remedies: it makes sure first, leaves alone what is protected, and looks again. */
final class RemoverKernelTest {
    private static final Duration BRIEFLY = Duration.ofMillis(300);
    private static final int NOBODY = 65_534;

    private final TcpSituations tcp = TcpSituations.on(Wire.V4_LOOPBACK);

    @AfterEach
    void close() {
        tcp.close();
    }

    @ParameterizedTest
    @EnumSource(value = Method.class, mode = EnumSource.Mode.EXCLUDE, names = "JVM") // Its holders are JVMs: see JvmIT.
    void namesTheMethodThatRemovedIt(Method method) throws Exception {
        Situation stuck = tcp.closeWait();

        Result result = Attempt.by(method, stuck).result();

        assertThat(result.outcome()).isEqualTo(Outcome.REMOVED);
        assertThat(result.method()).isEqualTo(method);
        assertThat(result.stateAfter()).isNull();
        assertThat(result.elapsedNanos()).isPositive();
    }

    @ParameterizedTest
    @EnumSource(value = Method.class, mode = EnumSource.Mode.EXCLUDE, names = "JVM") // Its holders are JVMs: see JvmIT.
    void onlyPreviewsAPlan(Method method) throws Exception {
        Situation stuck = tcp.closeWait();

        Result result = Attempt.by(method, stuck).preview();

        assertThat(result.outcome()).isEqualTo(Outcome.PLANNED);
        assertThat(result.method()).isEqualTo(method);
        assertThat(stuck.holder().state()).isEqualTo(TcpState.CLOSE_WAIT);
    }

    @ParameterizedTest
    @EnumSource(value = Method.class, mode = EnumSource.Mode.EXCLUDE, names = "JVM") // Its holders are JVMs: see JvmIT.
    void saysAlreadyGoneWhenItWasClosedMeanwhile(Method method) throws Exception {
        Situation stuck = tcp.closeWait();

        Result result = Attempt.by(method, stuck)
                .meanwhile(() -> {
                    stuck.holder().close();
                    stuck.awaitGone();
                })
                .result();

        assertThat(result.outcome()).isEqualTo(Outcome.ALREADY_GONE);
        assertThat(stuck.holder().actor().descriptorLimit()).isPositive();
    }

    @ParameterizedTest
    @EnumSource(value = Method.class, mode = EnumSource.Mode.EXCLUDE, names = "JVM") // Its holders are JVMs: see JvmIT.
    void skipsWhatDoesNotMatchAnyMore(Method method) throws Exception {
        Situation stuck = tcp.closeWait();

        Result result = Attempt.by(method, stuck)
                .filteredBy("recvq = 1 cookie = " + stuck.id().cookieHex())
                .meanwhile(() -> stuck.holder().look(0))
                .result();

        assertThat(result.outcome()).isEqualTo(Outcome.SKIPPED);
        assertThat(result.stateAfter()).isEqualTo(TcpState.CLOSE_WAIT);
        assertThat(stuck.holder().state()).isEqualTo(TcpState.CLOSE_WAIT);
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void actsOnNothingMoreOnceItIsStopped(Method method) throws Exception {
        Situation stuck = tcp.closeWait();
        RemovalOptions harsh = RemovalOptions.GENTLE.by(method).escalating().freeingDescriptor();

        List<Result> results = stuck.namespace().call(() -> stoppedBeforehand(stuck, harsh));

        assertThat(results).singleElement().satisfies(result -> {
            assertThat(result.outcome()).isEqualTo(Outcome.SKIPPED);
            assertThat(result.why()).isEqualTo("interrupted before its turn");
        });
        assertThat(stuck.holder().state()).isEqualTo(TcpState.CLOSE_WAIT);
    }

    private static List<Result> stoppedBeforehand(Situation stuck, RemovalOptions options) throws Exception {
        Filter filter = Filter.parse("cookie = " + stuck.id().cookieHex());
        List<Result> results = new ArrayList<>();
        try (SocketTable table = SocketTable.open()) {
            Remover remover = Remover.of(table, filter, options);
            Plan plan = remover.plan(table.snapshot(Query.of(filter)).sockets());
            remover.stop();
            remover.execute(plan, results::add);
        }
        return results;
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void leavesAListenerAloneUnlessAllowed(Method method) throws Exception {
        Situation listener = tcp.listen();

        Result result = Attempt.by(method, listener).result();

        assertThat(result.outcome()).isEqualTo(Outcome.SKIPPED);
        assertThat(result.hint()).contains("--listeners");
        assertThat(listener.holder().state()).isEqualTo(TcpState.LISTEN);
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void neverTouchesASocketOfItsOwnProcess(Method method) throws Exception {
        Namespace namespace = tcp.here();
        try (ServerSocket server = namespace.call(() -> new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
                Socket own = namespace.call(() -> new Socket(server.getInetAddress(), server.getLocalPort()))) {
            String filter = "sport = :" + own.getLocalPort();
            RemovalOptions everything = RemovalOptions.GENTLE
                    .by(method)
                    .freeingDescriptor()
                    .escalating()
                    .waiting(BRIEFLY)
                    .touchingListeners()
                    .touchingMySession();

            Result result = new Attempt(namespace, filter, everything, () -> {}).result();

            assertThat(result.outcome()).isEqualTo(Outcome.SKIPPED);
            assertThat(result.why()).isEqualTo("lastack itself holds it");
        }
    }

    @Test
    void refusesEveryMethodWithoutTheRightsAndSaysWhich() throws Exception {
        Situation stuck = tcp.closeWait();
        stuck.holder().actor().become(NOBODY);

        List<String> lines =
                ChildJvm.in(stuck.namespace()).powerless().run(RemoveByEach.class, arguments(stuck, false));

        assertThat(lines).hasSize(Method.values().length);
        assertThat(lines)
                .zipSatisfy(labels(), (line, method) -> assertThat(line).startsWith(method + " refused EPERM true "));
        assertThat(lines).allMatch(line -> line.contains("CAP_"));
        assertThat(stuck.holder().state()).isEqualTo(TcpState.CLOSE_WAIT);
    }

    @Test
    void reportsTheKernelsRefusalWhereItThoughtThatItMay() throws Exception {
        Situation stuck = tcp.closeWait();
        stuck.holder().actor().become(NOBODY);
        String pid = Integer.toString(stuck.holder().actor().pid());
        String fd = Integer.toString(stuck.holder().fd());

        List<String> lines = ChildJvm.in(stuck.namespace()).powerless().run(ActByEach.class, exactly(stuck), pid, fd);

        assertThat(lines).extracting(line -> line.split(" ", 2)[0]).isEqualTo(ActByEach.labels());
        assertThat(lines).allMatch(line -> line.contains(" refused EPERM true "));
        assertThat(stuck.holder().state()).isEqualTo(TcpState.CLOSE_WAIT);
    }

    private static String exactly(Situation situation) {
        return "cookie = " + situation.id().cookieHex();
    }

    private static String[] arguments(Situation situation, boolean mySession) {
        return Stream.concat(Stream.of(exactly(situation), Boolean.toString(mySession)), labels().stream())
                .toArray(String[]::new);
    }

    private static List<String> labels() {
        return Arrays.stream(Method.values()).map(Method::label).toList();
    }

    @Test
    void leavesTheConnectionAloneThatAnAncestorWasLoggedInThrough() throws Exception {
        Situation login = tcp.established();

        List<String> lines = loggedInThrough(login).run(RemoveByEach.class, arguments(login, false));

        assertThat(lines)
                .zipSatisfy(
                        labels(),
                        (line, method) -> assertThat(line)
                                .isEqualTo(method + " skipped null false you are logged in through it"));
        assertThat(login.holder().state()).isEqualTo(TcpState.ESTABLISHED);
    }

    @Test
    void removesTheConnectionItIsLoggedInThroughWhenThatIsAllowed() throws Exception {
        Situation login = tcp.established();

        List<String> lines =
                loggedInThrough(login).run(RemoveByEach.class, exactly(login), "true", Method.DISCONNECT.label());

        assertThat(lines).singleElement().asString().startsWith("disconnect removed ");
        login.awaitGone();
    }

    /** The variable is in the shell's environment only, as when sudo has removed it further down. */
    private static ChildJvm loggedInThrough(Situation situation) {
        Endpoint server = situation.id().local();
        Endpoint client = situation.id().peer();
        String connection = client.address() + " " + client.port() + " " + server.address() + " " + server.port();
        return ChildJvm.in(situation.namespace())
                .through("sh", "-c", "env -u SSH_CONNECTION \"$@\"; exit $?", "sh")
                .where("SSH_CONNECTION", connection);
    }

    @Test
    void takesThePoliteWayFirst() throws Exception {
        Situation stuck = tcp.closeWait();

        Result result = Attempt.at(stuck).result();

        assertThat(result.method()).isEqualTo(Method.SHUTDOWN);
        assertThat(stuck.peerSees()).isEqualTo(Sight.END);
    }

    @ParameterizedTest
    @EnumSource(
            value = Recipe.class,
            names = {"CLOSE_WAIT_IN_FLIGHT", "CLOSE_WAIT_UNACCEPTED", "TIME_WAIT"})
    void passesOverWhatDoesNotFitAndSaysWhy(Recipe recipe) throws Exception {
        Situation stuck = tcp.make(recipe);

        Result result = Attempt.at(stuck).result();

        assertThat(result.outcome()).isEqualTo(Outcome.REMOVED);
        assertThat(result.method()).isEqualTo(Method.DESTROY);
        assertThat(result.rejected()).extracting(Rejection::method).containsExactly(Method.SHUTDOWN, Method.DISCONNECT);
        assertThat(result.rejected()).extracting(Rejection::why).noneMatch(String::isEmpty);
    }

    @Test
    void goesOnToHarsherMethodsOnlyWhenToldTo() throws Exception {
        Situation stuck = tcp.make(Recipe.CLOSE_WAIT_PEER_DEAF);

        Result polite = Attempt.by(Method.SHUTDOWN, stuck).waiting(BRIEFLY).result();
        Result harsher = Attempt.at(stuck).escalating().result();

        assertThat(polite.outcome()).isEqualTo(Outcome.STILL_THERE);
        assertThat(polite.stateAfter()).isEqualTo(TcpState.LAST_ACK);
        assertThat(polite.hint()).contains("--escalate");
        assertThat(harsher.outcome()).isEqualTo(Outcome.REMOVED);
        assertThat(harsher.method()).isEqualTo(Method.DISCONNECT);
    }

    @Test
    void persistsWithoutASignalWherePatienceDidNotHelp() throws Exception {
        Situation stuck = tcp.make(Recipe.CLOSE_WAIT_PEER_DEAF);
        Situation other = tcp.make(Recipe.CLOSE_WAIT_PEER_DEAF);

        Result result = Attempt.at(stuck).waiting(BRIEFLY).persisting().result();
        Result chosen =
                Attempt.by(Method.SHUTDOWN, other).waiting(BRIEFLY).persisting().result();

        assertThat(result.outcome()).isEqualTo(Outcome.REMOVED);
        assertThat(result.method()).isEqualTo(Method.DISCONNECT);
        assertThat(stuck.holder().actor().isAlive()).isTrue();
        assertThat(chosen.outcome()).isEqualTo(Outcome.STILL_THERE);
    }

    @Test
    void escalatesWhenAMethodDidNotRemoveIt() throws Exception {
        Situation stuck = tcp.make(Recipe.CLOSE_WAIT_PEER_DEAF);

        Result result =
                Attempt.by(Method.SHUTDOWN, stuck).waiting(BRIEFLY).escalating().result();

        assertThat(result.outcome()).isEqualTo(Outcome.REMOVED);
        assertThat(result.method()).isEqualTo(Method.DISCONNECT);
        assertThat(result.rejected()).singleElement().satisfies(rejection -> {
            assertThat(rejection.method()).isEqualTo(Method.SHUTDOWN);
            assertThat(rejection.why()).contains("stayed in LAST-ACK");
        });
    }

    @Test
    void freesTheDescriptorTooWhenAskedTo() throws Exception {
        Situation stuck = tcp.closeWait();
        ActorSocket holder = stuck.holder();

        Result result = Attempt.by(Method.DESTROY, stuck).freeingTheDescriptor().result();

        assertThat(result.outcome()).isEqualTo(Outcome.REMOVED);
        assertThat(result.method()).isEqualTo(Method.PARK);
        assertThat(result.descriptorFreed()).isTrue();
        assertThat(holder.actor().descriptorLimit()).isPositive();
    }

    @Test
    void saysThatAStoppedProcessDoesNotActOnSigterm() throws Exception {
        Situation stuck = tcp.closeWait();
        stuck.holder().actor().stop();

        Result asked = Attempt.by(Method.TERM, stuck).waiting(BRIEFLY).result();
        Result killed = Attempt.by(Method.KILL, stuck).result();

        assertThat(asked.outcome()).isEqualTo(Outcome.STILL_THERE);
        assertThat(asked.why()).contains("is stopped");
        assertThat(killed.outcome()).isEqualTo(Outcome.REMOVED);
    }

    @ParameterizedTest
    @EnumSource(
            value = Method.class,
            names = {"SHUTDOWN", "DISCONNECT", "DESTROY", "VANISH", "PARK", "FD"})
    void removesWhatAStoppedProcessHolds(Method method) throws Exception {
        Situation stuck = tcp.closeWait();
        stuck.holder().actor().stop();

        Result result = Attempt.by(method, stuck).result();

        assertThat(result.outcome()).isEqualTo(Outcome.REMOVED);
        stuck.holder().actor().resume();
        assertThat(stuck.holder().actor().descriptorLimit()).isPositive();
    }

    @Test
    void parkTouchesNothingWhenTheProcessWouldRefuse() throws Exception {
        Namespace namespace = tcp.here();
        try (ServerSocket server = namespace.call(() -> new ServerSocket(0, 1, InetAddress.getLoopbackAddress()))) {
            int port = server.getLocalPort();
            Process ownChild = namespace.start(
                    new ProcessBuilder("bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/" + port + " && exec sleep 60"));
            server.accept().close();
            namespace.tcp().await("CLOSE-WAIT", socket -> socket.state() == TcpState.CLOSE_WAIT);

            Result result = new Attempt(
                            namespace,
                            "state close-wait dport = :" + port,
                            RemovalOptions.GENTLE.by(Method.PARK),
                            () -> {})
                    .result();

            assertThat(result.outcome()).isEqualTo(Outcome.REFUSED);
            assertThat(result.why()).contains("started by lastack itself");
            assertThat(result.stateAfter()).isEqualTo(TcpState.CLOSE_WAIT);
            ownChild.destroyForcibly();
        }
    }
}
