package lastack.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import lastack.filter.Filter;
import lastack.kernel.packet.FourTuple;
import lastack.kernel.packet.PacketSocket;
import lastack.kernel.packet.PacketSocket.Direction;
import lastack.kernel.packet.RawSocket;
import lastack.kernel.packet.TcpSegment;
import lastack.model.Family;
import lastack.model.TcpState;
import lastack.sockets.Query;
import lastack.sockets.SocketTable;
import lastack.testkit.Actor;
import lastack.testkit.ActorSocket;
import lastack.testkit.ChildJvm;
import lastack.testkit.Namespace;
import lastack.testkit.Recipe;
import lastack.testkit.Sight;
import lastack.testkit.Situation;
import lastack.testkit.TcpSituations;
import lastack.testkit.Veth;
import lastack.testkit.Wire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Resetting by packets: what the peer gets, what the kernel's limits and missing rights mean, and what happens without a peer. */
final class ResetKernelTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration BRIEFLY = Duration.ofMillis(700);

    private static Result reset(Situation situation) throws Exception {
        return Attempt.by(Method.RESET, situation).result();
    }

    private static Result resetBothEnds(Situation situation) throws Exception {
        RemovalOptions both =
                RemovalOptions.GENTLE.by(Method.RESET).waiting(PATIENCE).resettingBothEnds();
        return Attempt.at(situation).with(both).result();
    }

    private static FourTuple toPeer(Situation situation) {
        return FourTuple.between(situation.id().local(), situation.id().peer());
    }

    private static void set(Namespace namespace, String setting) {
        namespace.exec("sysctl", "-qw", "net.ipv4." + setting);
    }

    @ParameterizedTest(name = "{1} over {0}")
    @CsvSource({
        "V4_LOOPBACK, ESTABLISHED",
        "V4_LOOPBACK, CLOSE_WAIT_UNACCEPTED",
        "V6_LOOPBACK, CLOSE_WAIT_IN_FLIGHT",
        "MAPPED_LOOPBACK, FIN_WAIT_2",
        "V4_VETH, CLOSE_WAIT",
        "V4_VETH, LAST_ACK",
        "V6_VETH, FIN_WAIT_1",
        "MAPPED_VETH, ESTABLISHED_IN_FLIGHT",
        "V4_VETH, CLOSING",
    })
    void resetsThePeerTooWhenThatIsWanted(Wire wire, Recipe recipe) throws Exception {
        try (TcpSituations tcp = TcpSituations.on(wire)) {
            Situation stuck = tcp.make(recipe);

            Result result = resetBothEnds(stuck);

            assertThat(result.outcome()).isEqualTo(Outcome.REMOVED);
            assertThat(stuck.peer().look(5_000)).isEqualTo(Sight.RESET);
        }
    }

    @ParameterizedTest
    @CsvSource({"false, 0", "true, 1"})
    void sendsNothingOverTheWireForAHeldSocketButWhatIsWanted(boolean bothEnds, int packets) throws Exception {
        try (TcpSituations tcp = TcpSituations.on(Wire.V4_VETH)) {
            Situation stuck = tcp.closeWait();

            try (PacketSocket wire = tcp.there()
                    .call(() -> PacketSocket.open(toPeer(stuck), Direction.RECEIVED, PacketSocket.EVERY_INTERFACE))) {
                Result result = bothEnds ? resetBothEnds(stuck) : reset(stuck);

                assertThat(result.outcome()).isEqualTo(Outcome.REMOVED);
                assertThat(seen(wire)).hasSize(packets).allMatch(line -> line.contains(" RST,ACK "));
            }
        }
    }

    private static List<String> seen(PacketSocket wire) throws Exception {
        List<String> seen = new ArrayList<>();
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(300);
        for (TcpSegment one = wire.receive(deadline); one != null; one = wire.receive(deadline)) {
            seen.add(one.toString());
        }
        return seen;
    }

    /** Where a firewall of this host drops the RST, all that is left of the attempt must be nothing. */
    @Test
    void leavesAHeldSocketItMissesAsItWas() throws Exception {
        try (TcpSituations tcp = TcpSituations.on(Wire.V4_VETH);
                Actor next = Actor.in(tcp.here())) {
            Situation stuck = tcp.established();
            stuck.holder().reuseAddress();
            dropResets(tcp.here());

            Result result = Attempt.by(Method.RESET, stuck).waiting(BRIEFLY).result();

            assertThat(result.outcome()).isEqualTo(Outcome.STILL_THERE);
            assertThat(bindsTheSamePort(stuck, next)).isTrue();
            stuck.holder().send(3);
            assertThat(stuck.peer().receive(10, 5_000)).isEqualTo(3);
        }
    }

    /** Only where both have SO_REUSEADDR. */
    private static boolean bindsTheSamePort(Situation situation, Actor actor) {
        ActorSocket socket = actor.socket(Family.INET);
        socket.reuseAddress();
        int port = situation.id().local().port();
        return socket.bind(situation.wire().here(), port) == port;
    }

    private static void dropResets(Namespace namespace) {
        namespace.exec("nft", """
                table inet t {
                chain i { type filter hook input priority 0
                tcp flags & rst == rst drop
                }
                }
                """);
    }

    @ParameterizedTest
    @EnumSource(
            value = Recipe.class,
            names = {"ESTABLISHED", "CLOSE_WAIT", "LAST_ACK_HELD", "SYN_SENT"})
    void removesAHeldSocketWhoseHostVanishedAndEvenWithoutARoute(Recipe recipe) throws Exception {
        try (TcpSituations tcp = TcpSituations.on(Wire.V4_VETH)) {
            Situation stuck = tcp.make(recipe);
            tcp.there().exec("ip", "addr", "del", Veth.v4(0, 2) + "/24", "dev", "veth0b");
            tcp.here().exec("ip", "link", "set", "veth0a", "down");

            Result result = reset(stuck);

            assertThat(result.outcome()).isEqualTo(Outcome.REMOVED);
            stuck.awaitGone();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Recipe.class,
            names = {"FIN_WAIT_2", "LAST_ACK", "CLOSE_WAIT_UNACCEPTED"})
    void removesWhatNobodyHoldsWhenThePeersHostVanished(Recipe recipe) throws Exception {
        try (TcpSituations tcp = TcpSituations.on(Wire.V4_VETH)) {
            Situation stuck = tcp.make(recipe);
            tcp.there().exec("ip", "addr", "del", Veth.v4(0, 2) + "/24", "dev", "veth0b");

            Result result = reset(stuck);

            assertThat(result.outcome()).isEqualTo(Outcome.REMOVED);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Recipe.class,
            names = {"FIN_WAIT_1", "CLOSING", "LAST_ACK"})
    void asksNothingWhereAFinIsRepeatedSoon(Recipe recipe) throws Exception {
        try (TcpSituations tcp = TcpSituations.on(Wire.V4_VETH)) {
            Situation stuck = tcp.make(recipe);

            try (PacketSocket here = stuck.namespace()
                    .call(() -> PacketSocket.open(toPeer(stuck), Direction.SENT, PacketSocket.EVERY_INTERFACE))) {
                Result result = reset(stuck);

                assertThat(result.outcome()).isEqualTo(Outcome.REMOVED);
                assertThat(result.why())
                        .endsWith("reset at the number it told with the FIN it repeated; nothing was asked");
                assertThat(seen(here)).isNotEmpty().allMatch(line -> line.contains("FIN"));
            }
        }
    }

    @Test
    void saysThatNoRouteLeadsToThePeerOfASocketNobodyHolds() throws Exception {
        try (TcpSituations tcp = TcpSituations.on(Wire.V4_VETH)) {
            Situation stuck = tcp.finWait2();
            tcp.here().exec("ip", "link", "set", "veth0a", "down");

            Result result = reset(stuck);

            assertThat(result.outcome()).isEqualTo(Outcome.REFUSED);
            assertThat(result.why()).contains("no route");
            assertThat(stuck.now()).isPresent();
        }
    }

    @Test
    void saysThatOnlyDestroyWillDoForATimeWaitThatIgnoresResets() throws Exception {
        try (TcpSituations tcp = TcpSituations.on(Wire.V4_LOOPBACK)) {
            set(tcp.here(), "tcp_rfc1337=1");
            Situation timeWait = tcp.timeWait();

            Result result = reset(timeWait);

            assertThat(result.outcome()).isEqualTo(Outcome.REFUSED);
            assertThat(result.why()).contains("tcp_rfc1337", "only destroy");
            assertThat(timeWait.now()).isPresent();
        }
    }

    /** Half of the SYNs fall behind the last byte and begin a connection with the listener: nothing of it may be left. */
    @Test
    void leavesNoHalfConnectionBehindWhereAProgramListensOnThePortOfATimeWait() throws Exception {
        try (Namespace namespace = Namespace.open();
                Actor server = Actor.in(namespace);
                Actor user = Actor.in(namespace)) {
            ActorSocket listener = server.socket(Family.INET);
            int port = listener.bind("127.0.0.1", 0);
            listener.listen(4);
            RemovalOptions byReset = RemovalOptions.GENTLE.by(Method.RESET);
            for (int round = 0; round < 12; round++) {
                makeTimeWait(listener, user.socket(Family.INET), port);

                Result result = new Attempt(namespace, "state time-wait sport = :" + port, byReset, () -> {}).result();

                assertThat(result.outcome()).isEqualTo(Outcome.REMOVED);
                assertThat(namespace.tcp().list()).singleElement().matches(left -> left.state() == TcpState.LISTEN);
            }
        }
    }

    private static void makeTimeWait(ActorSocket listener, ActorSocket client, int port) {
        client.bind("127.0.0.1", 0);
        client.connect("127.0.0.1", port);
        ActorSocket accepted = listener.accept();
        accepted.finish();
        client.shutdownWrite();
        client.close();
        accepted.close();
    }

    @Test
    void waitsUntilTheKernelAnswersAgainAndSaysSo() throws Exception {
        try (TcpSituations tcp = TcpSituations.on(Wire.V4_VETH)) {
            set(tcp.here(), "tcp_invalid_ratelimit=2500");
            Situation stuck = tcp.finWait2();
            provoke(stuck);

            Result result = reset(stuck);

            assertThat(result.outcome()).isEqualTo(Outcome.REMOVED);
            assertThat(result.why()).contains("tcp_invalid_ratelimit");
            assertThat(result.elapsedNanos()).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(500));
        }
    }

    @Test
    void waitsNoLongerThanItMay() throws Exception {
        try (TcpSituations tcp = TcpSituations.on(Wire.V4_VETH)) {
            set(tcp.here(), "tcp_invalid_ratelimit=60000");
            Situation stuck = tcp.finWait2();
            provoke(stuck);

            Result result = Attempt.by(Method.RESET, stuck).waiting(BRIEFLY).result();

            assertThat(result.outcome()).isEqualTo(Outcome.REFUSED);
            assertThat(result.hint()).contains("--wait");
            assertThat(stuck.now().orElseThrow().state()).isEqualTo(TcpState.FIN_WAIT_2);
        }
    }

    /** The RST to the peer goes the way of the answers, and passes the ear as they do. */
    @Test
    void doesNotTakeItsOwnResetForAnAnswer() throws Exception {
        try (TcpSituations tcp = TcpSituations.on(Wire.V4_VETH)) {
            Situation stuck = tcp.finWait2();
            dropResets(tcp.here());

            try (PacketSocket wire = tcp.there()
                    .call(() -> PacketSocket.open(toPeer(stuck), Direction.RECEIVED, PacketSocket.EVERY_INTERFACE))) {
                Result result = resetBothEnds(stuck);

                assertThat(result.outcome()).isEqualTo(Outcome.STILL_THERE);
                assertThat(seen(wire)).hasSizeBetween(2, 20);
            }
            assertThat(stuck.peer().look(5_000)).isEqualTo(Sight.RESET);
        }
    }

    /** On its own, each of them would be waited for until the time is over. */
    @Test
    void waitsForManySilentSocketsNotMuchLongerThanForOne() throws Exception {
        try (TcpSituations tcp = TcpSituations.on(Wire.V4_VETH)) {
            set(tcp.here(), "tcp_invalid_ratelimit=60000");
            for (int i = 0; i < 6; i++) {
                provoke(tcp.finWait2());
            }
            long begun = System.nanoTime();

            List<Result> results = resetAll(tcp.here(), "state fin-wait-2", Duration.ofSeconds(3));

            assertThat(results).hasSize(6).allMatch(result -> result.outcome() == Outcome.REFUSED);
            assertThat(System.nanoTime() - begun).isBetween(TimeUnit.SECONDS.toNanos(3), TimeUnit.SECONDS.toNanos(9));
        }
    }

    @Test
    void waitsForTheNextSecondWhereTheKernelChallengesNoMoreInThisOne() throws Exception {
        try (TcpSituations tcp = TcpSituations.on(Wire.V4_VETH)) {
            set(tcp.here(), "tcp_challenge_ack_limit=1");
            for (int i = 0; i < 4; i++) {
                tcp.make(Recipe.ESTABLISHED_UNACCEPTED);
            }

            List<Result> results = resetAll(tcp.here(), "state established", PATIENCE);

            assertThat(results).hasSize(4).allMatch(result -> result.outcome() == Outcome.REMOVED);
            assertThat(results).anyMatch(result -> result.why().contains("tcp_challenge_ack_limit"));
        }
    }

    /** One ear for all; it turns from one to the next. */
    @Test
    void resetsManyThatNobodyHolds() throws Exception {
        try (TcpSituations tcp = TcpSituations.on(Wire.V4_VETH)) {
            for (Recipe recipe : List.of(Recipe.FIN_WAIT_2, Recipe.TIME_WAIT, Recipe.LAST_ACK, Recipe.CLOSING)) {
                tcp.make(recipe);
            }

            List<Result> results =
                    resetAll(tcp.here(), "state fin-wait-2 state time-wait state last-ack state closing", PATIENCE);

            assertThat(results).hasSize(4).allMatch(result -> result.outcome() == Outcome.REMOVED);
        }
    }

    private static List<Result> resetAll(Namespace namespace, String filter, Duration patience) throws Exception {
        return namespace.call(() -> {
            try (SocketTable table = SocketTable.open()) {
                return resetAll(table, filter, patience);
            }
        });
    }

    private static List<Result> resetAll(SocketTable table, String filter, Duration patience) throws Exception {
        Filter wanted = Filter.parse(filter);
        RemovalOptions options = RemovalOptions.GENTLE.by(Method.RESET).waiting(patience);
        List<Result> results = new ArrayList<>();
        Remover remover = Remover.of(table, wanted, options);
        remover.execute(remover.plan(table.snapshot(Query.of(wanted)).sockets()), results::add);
        return results;
    }

    /** Its table still can be read, through the socket that was opened there. */
    @ParameterizedTest
    @EnumSource(
            value = Recipe.class,
            names = {"TIME_WAIT", "FIN_WAIT_2"})
    void worksOnInANamespaceWhoseProcessHasEnded(Recipe recipe) throws Exception {
        try (TcpSituations tcp = TcpSituations.on(Wire.V4_LOOPBACK)) {
            tcp.make(recipe);
            Process inside = tcp.here().start(new ProcessBuilder("sleep", "600"));
            Path door = Path.of("/proc/" + inside.pid() + "/ns/net");
            try (SocketTable table = SocketTable.open(door)) {
                inside.destroyForcibly().waitFor();

                List<Result> results = resetAll(table, "state " + recipe.state(), BRIEFLY);

                assertThat(results)
                        .singleElement()
                        .satisfies(result -> assertThat(result.outcome()).isEqualTo(Outcome.REMOVED));
            }
        }
    }

    private static void provoke(Situation situation) throws Exception {
        situation.namespace().call(() -> {
            try (RawSocket peer = RawSocket.open(toPeer(situation).reversed(), 0, 0)) {
                peer.send(1, 0, TcpSegment.SYN);
                return true;
            }
        });
    }

    @Test
    void reachesASocketOfAnotherNamespace() throws Exception {
        try (TcpSituations tcp = TcpSituations.on(Wire.V4_VETH)) {
            for (Recipe recipe : List.of(Recipe.CLOSE_WAIT, Recipe.FIN_WAIT_2)) {
                Situation stuck = tcp.make(recipe);
                Filter filter = Filter.parse("cookie = " + stuck.id().cookieHex());
                List<Result> results = new ArrayList<>();

                try (SocketTable table = SocketTable.open(tcp.here().path())) {
                    Remover remover = Remover.of(table, filter, RemovalOptions.GENTLE.by(Method.RESET));
                    remover.execute(
                            remover.plan(table.snapshot(Query.of(filter)).sockets()), results::add);
                }

                assertThat(results).extracting(Result::outcome).containsExactly(Outcome.REMOVED);
            }
        }
    }

    /** Its number is heard when it repeats its SYN. */
    @Test
    void removesAConnectionAttemptWithoutTcpRepair() throws Exception {
        try (TcpSituations tcp = TcpSituations.on(Wire.V4_LOOPBACK)) {
            Situation stuck = tcp.make(Recipe.SYN_SENT);
            tcp.here().exec("sysctl", "-qw", "net.ipv4.tcp_syn_linear_timeouts=30");

            List<String> lines = ChildJvm.in(stuck.namespace())
                    .through("setpriv", "--bounding-set=-net_admin", "--inh-caps=-net_admin")
                    .run(RemoveByEach.class, "cookie = " + stuck.id().cookieHex(), "false", "reset");

            assertThat(lines).containsExactly("reset removed null false reset at the number it told with its own SYN");
            assertThat(stuck.holderSees()).isEqualTo(Sight.REFUSED);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "net_raw, refused EPERM true raw and packet sockets need CAP_NET_RAW",
        "net_admin, removed null false reset at the number it told",
        "sys_ptrace, removed null false reset at the number it told",
    })
    void needsOneCapabilityAndDoesWithoutTheOthers(String capability, String answer) throws Exception {
        try (TcpSituations tcp = TcpSituations.on(Wire.V4_LOOPBACK)) {
            Situation stuck = tcp.closeWait();
            String filter = "cookie = " + stuck.id().cookieHex();

            List<String> lines = ChildJvm.in(stuck.namespace())
                    .through("setpriv", "--bounding-set=-" + capability, "--inh-caps=-" + capability)
                    .run(RemoveByEach.class, filter, "false", "reset");

            assertThat(lines).singleElement().asString().startsWith("reset " + answer);
        }
    }
}
