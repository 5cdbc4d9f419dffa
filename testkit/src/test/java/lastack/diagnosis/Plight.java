package lastack.diagnosis;

import java.util.List;
import java.util.Optional;
import lastack.model.Family;
import lastack.model.TcpState;
import lastack.testkit.Actor;
import lastack.testkit.ActorSocket;
import lastack.testkit.BlockedCall;
import lastack.testkit.Namespace;
import lastack.testkit.Recipe;
import lastack.testkit.SeenSocket;
import lastack.testkit.Situation;
import lastack.testkit.TcpSituations;
import lastack.testkit.Wire;

/** Real situations sockets get into, and what is to be said of them. */
enum Plight {
    /** A connection at rest between two programs of one host. */
    AT_REST(Verdict.HEALTHY, Certainty.LIKELY, Recipe.ESTABLISHED),
    QUIET_LISTENER(Verdict.HEALTHY, Certainty.LIKELY, Recipe.LISTEN),
    NOBODY_ANSWERS(Verdict.UNANSWERED, Certainty.CERTAIN, Recipe.SYN_SENT),
    CLIENT_DEAF(Verdict.ACK_LOST, Certainty.LIKELY, Recipe.SYN_RECV),
    NEVER_ACCEPTED(Verdict.UNACCEPTED, Certainty.CERTAIN, Recipe.ESTABLISHED_UNACCEPTED),
    NEVER_ACCEPTED_AND_GIVEN_UP(Verdict.UNACCEPTED, Certainty.CERTAIN, Recipe.CLOSE_WAIT_UNACCEPTED),
    PASSED_ON_AND_NOT_RECEIVED(Verdict.OWNER_HIDDEN, Certainty.LIKELY, Recipe.CLOSE_WAIT_IN_FLIGHT),
    PASSED_ON_WHILE_OPEN(Verdict.OWNER_HIDDEN, Certainty.LIKELY, Recipe.ESTABLISHED_IN_FLIGHT),
    END_NOT_READ(Verdict.EOF_NEVER_READ, Certainty.LIKELY, Recipe.CLOSE_WAIT),
    END_READ(Verdict.EOF_READ_NOT_CLOSED, Certainty.CERTAIN, Recipe.CLOSE_WAIT_READ),
    DATA_NOT_READ(Verdict.UNREAD_DATA, Certainty.CERTAIN, Recipe.CLOSE_WAIT_UNREAD),
    HALF_CLOSED_AND_SENDING(Verdict.EOF_READ_NOT_CLOSED, Certainty.CERTAIN, wire(Wire.V4_LOOPBACK), tcp -> {
        Situation situation = tcp.make(Recipe.CLOSE_WAIT_READ);
        pause();
        situation.holder().send(100);
        return Subject.of(situation);
    }),
    STOPPED(Verdict.OWNER_STOPPED, Certainty.CERTAIN, wire(Wire.V4_LOOPBACK), tcp -> {
        Situation situation = tcp.closeWait();
        situation.holder().actor().stop();
        return Subject.of(situation);
    }),
    LISTENER_STOPPED(Verdict.OWNER_STOPPED, Certainty.CERTAIN, wire(Wire.V4_LOOPBACK), tcp -> {
        Situation situation = tcp.listen();
        situation.holder().actor().stop();
        return Subject.of(situation);
    }),
    LAST_ACK(Verdict.FIN_UNACKNOWLEDGED, Certainty.LIKELY, Recipe.LAST_ACK),
    LAST_ACK_HELD(Verdict.FIN_UNACKNOWLEDGED, Certainty.LIKELY, Recipe.LAST_ACK_HELD),
    FIN_WAIT_1(Verdict.FIN_UNACKNOWLEDGED, Certainty.LIKELY, Recipe.FIN_WAIT_1),
    FIN_WAIT_1_HELD(Verdict.FIN_UNACKNOWLEDGED, Certainty.LIKELY, Recipe.FIN_WAIT_1_HELD),
    FIN_BEHIND_A_CLOSED_WINDOW(Verdict.FIN_UNACKNOWLEDGED, Certainty.CERTAIN, Recipe.FIN_WAIT_1_ZERO_WINDOW),
    CLOSING(Verdict.FIN_UNACKNOWLEDGED, Certainty.LIKELY, Recipe.CLOSING),
    FIN_WAIT_2(Verdict.PEER_NEVER_CLOSED, Certainty.CERTAIN, Recipe.FIN_WAIT_2),
    FIN_WAIT_2_HELD(Verdict.PEER_NEVER_CLOSED, Certainty.CERTAIN, Recipe.FIN_WAIT_2_HELD),
    TIME_WAIT(Verdict.NORMAL, Certainty.CERTAIN, Recipe.TIME_WAIT),
    /** The server closed first, and is not there any more. */
    TIME_WAIT_ON_A_SERVERS_PORT(
            Verdict.BLOCKS_BIND, Certainty.CERTAIN, wire(Wire.V4_LOOPBACK), tcp -> timeWaitOnPort(tcp, false)),
    TIME_WAIT_WHILE_A_SERVER_LISTENS(
            Verdict.NORMAL, Certainty.CERTAIN, wire(Wire.V4_LOOPBACK), tcp -> timeWaitOnPort(tcp, true)),
    FEW_PORTS_AND_NONE_LEFT(
            Verdict.PORT_PRESSURE, Certainty.CERTAIN, wire(Wire.V4_LOOPBACK), tcp -> timeWaits(tcp, 10)),
    FEW_PORTS_AND_SOME_LEFT(Verdict.NORMAL, Certainty.CERTAIN, wire(Wire.V4_LOOPBACK), tcp -> timeWaits(tcp, 4)),
    PEER_DEAF(Verdict.DEAD_PEER_SUSPECTED, Certainty.LIKELY, wire(Wire.V4_LOOPBACK), tcp -> {
        Situation situation = tcp.established();
        situation.peer().drop();
        situation.holder().send(100);
        return Subject.of(situation);
    }),
    CABLE_CUT(Verdict.DEAD_PEER_SUSPECTED, Certainty.LIKELY, wire(Wire.V4_VETH), tcp -> {
        Situation situation = tcp.established();
        tcp.there().exec("ip", "link", "set", "veth0b", "down");
        situation.holder().send(100);
        return Subject.of(situation);
    }),
    IDLE(Verdict.IDLE_WITHOUT_KEEPALIVE, Certainty.CERTAIN, Wire.V4_VETH, Recipe.ESTABLISHED),
    IDLE_WITH_KEEPALIVE(Verdict.HEALTHY, Certainty.LIKELY, wire(Wire.V4_VETH), tcp -> {
        Situation situation = tcp.established();
        situation.holder().keepalive(60);
        return Subject.of(situation);
    }),
    /** A thread waits for data that has not come: as it should be. */
    WAITED_FOR(Verdict.HEALTHY, Certainty.LIKELY, wire(Wire.V4_LOOPBACK), tcp -> {
        Situation situation = tcp.established();
        situation.holder().block(BlockedCall.Kind.READ);
        return Subject.of(situation);
    }),
    DATA_LEFT_LYING(Verdict.STALLED_READER, Certainty.LIKELY, wire(Wire.V4_LOOPBACK), tcp -> {
        Situation situation = tcp.established();
        situation.peer().send(100);
        return Subject.of(situation);
    }),
    BUFFER_FULL(Verdict.STALLED_READER, Certainty.LIKELY, wire(Wire.V4_LOOPBACK), tcp -> {
        Situation situation = tcp.established();
        situation.peer().fill();
        return Subject.of(situation);
    }),
    PEER_DOES_NOT_READ(Verdict.STALLED_WRITER, Certainty.CERTAIN, wire(Wire.V4_LOOPBACK), tcp -> {
        Situation situation = tcp.established();
        situation.holder().fill();
        return Subject.of(situation);
    }),
    QUEUE_FULL(
            Verdict.ACCEPT_QUEUE_FULL,
            Certainty.LIKELY,
            wire(Wire.V4_LOOPBACK),
            tcp -> Backlog.of(tcp).listener()),
    HANDSHAKE_AT_A_FULL_QUEUE(
            Verdict.BACKLOG_FULL,
            Certainty.LIKELY,
            wire(Wire.V4_LOOPBACK),
            tcp -> Backlog.of(tcp).waiting());

    /**
     * The socket it is about.
     *
     * @param namespace where it lives
     * @param cookie its cookie
     */
    record Subject(Namespace namespace, long cookie) {
        static Subject of(Situation situation) {
            return new Subject(situation.namespace(), situation.id().cookie());
        }
    }

    private interface Play {
        Subject on(TcpSituations tcp);
    }

    private final Verdict verdict;
    private final Certainty certainty;
    private final Wire wire;

    @SuppressWarnings("ImmutableEnumChecker") // Every play is a lambda that keeps nothing.
    private final Play play;

    Plight(Verdict verdict, Certainty certainty, Recipe recipe) {
        this(verdict, certainty, Wire.V4_LOOPBACK, recipe);
    }

    Plight(Verdict verdict, Certainty certainty, Wire wire, Recipe recipe) {
        this(verdict, certainty, wire, tcp -> Subject.of(tcp.make(recipe)));
    }

    Plight(Verdict verdict, Certainty certainty, Wire wire, Play play) {
        this.verdict = verdict;
        this.certainty = certainty;
        this.wire = wire;
        this.play = play;
    }

    /** What is to be said of it. */
    Verdict verdict() {
        return verdict;
    }

    /** How sure that is once it has lasted. */
    Certainty certainty() {
        return certainty;
    }

    Wire wire() {
        return wire;
    }

    Subject on(TcpSituations tcp) {
        return play.on(tcp);
    }

    /** Says which constructor is meant. */
    private static Wire wire(Wire wire) {
        return wire;
    }

    private static Actor actor(TcpSituations tcp) {
        return tcp.established().holder().actor();
    }

    private static Subject timeWaitOnPort(TcpSituations tcp, boolean listening) {
        Actor actor = actor(tcp);
        ActorSocket listener = listener(actor, 7777, 5);
        ActorSocket client = actor.socket(Family.INET);
        client.connect("127.0.0.1", 7777);
        ActorSocket server = listener.accept();
        if (!listening) {
            listener.close();
        }
        return timeWait(tcp, server, client);
    }

    /** So many connections that were ended by the client, which has ten ports. */
    private static Subject timeWaits(TcpSituations tcp, int count) {
        Actor actor = actor(tcp);
        tcp.here().exec("sh", "-c", "echo 40000 40009 > /proc/sys/net/ipv4/ip_local_port_range");
        tcp.here().exec("sh", "-c", "echo 0 > /proc/sys/net/ipv4/tcp_tw_reuse");
        ActorSocket listener = listener(actor, 7777, 5);
        Optional<Subject> last = Optional.empty();
        for (int i = 0; i < count; i++) {
            ActorSocket client = actor.socket(Family.INET);
            client.connect("127.0.0.1", 7777);
            last = Optional.of(timeWait(tcp, client, listener.accept()));
        }
        return last.orElseThrow();
    }

    private static Subject timeWait(TcpSituations tcp, ActorSocket first, ActorSocket second) {
        long cookie = first.cookie();
        first.finish();
        second.shutdownWrite();
        first.close();
        second.close();
        SeenSocket seen = tcp.here()
                .tcp()
                .await("TIME-WAIT", socket -> socket.id().cookie() == cookie && socket.state() == TcpState.TIME_WAIT);
        return new Subject(tcp.here(), seen.id().cookie());
    }

    private static ActorSocket listener(Actor actor, int port, int backlog) {
        ActorSocket listener = actor.socket(Family.INET);
        listener.reuseAddress();
        listener.bind("127.0.0.1", port);
        listener.listen(backlog);
        return listener;
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * A listener with room for one connection, which it does not accept, and a client whose handshake began while there was
     * room and cannot be completed any more.
     */
    private record Backlog(Subject listener, Subject waiting) {
        static Backlog of(TcpSituations tcp) {
            Actor actor = actor(tcp);
            ActorSocket listener = Plight.listener(actor, 7777, 0);
            ActorSocket late = actor.socket(Family.INET);
            late.freeze();
            int port = late.startConnect("127.0.0.1", 7777);
            actor.socket(Family.INET).connect("127.0.0.1", 7777);
            late.undrop();
            SeenSocket half = tcp.here()
                    .tcp()
                    .await(
                            "SYN-RECV",
                            socket -> socket.id().peer().port() == port
                                    && List.of(TcpState.SYN_RECV, TcpState.NEW_SYN_RECV)
                                            .contains(socket.state()));
            return new Backlog(
                    new Subject(tcp.here(), listener.cookie()),
                    new Subject(tcp.here(), half.id().cookie()));
        }
    }
}
