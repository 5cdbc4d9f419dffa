package lastack.testkit;

import java.util.ArrayList;
import java.util.List;

/**
 * Every TCP state, made for real.
 *
 * <pre>{@code
 * try (TcpSituations tcp = TcpSituations.on(Wire.V4_LOOPBACK)) {
 *     Situation stuck = tcp.closeWait();
 *     // act on stuck.id() in stuck.namespace(), then
 *     stuck.awaitGone();
 *     assertThat(stuck.peerSees()).isEqualTo(Sight.RESET);
 * }
 * }</pre>
 *
 * <p>Each situation has two processes of its own, one for the subject and one for its peer.
 */
public final class TcpSituations implements AutoCloseable {
    private final Wire wire;
    private final Namespace here;
    private final Namespace there;
    private final List<Actor> actors = new ArrayList<>();

    private TcpSituations(Wire wire, Namespace here, Namespace there) {
        this.wire = wire;
        this.here = here;
        this.there = there;
    }

    /** Makes the namespaces for it: one, or two with a cable between them. */
    public static TcpSituations on(Wire wire) {
        Namespace here = Namespace.open();
        if (!wire.isVeth()) {
            return new TcpSituations(wire, here, here);
        }
        Namespace there = Namespace.open();
        Veth.connect(here, there, 0);
        return new TcpSituations(wire, here, there);
    }

    /** Where the subjects live. */
    public Namespace here() {
        return here;
    }

    /** Where the peers live; the same namespace on loopback. */
    public Namespace there() {
        return there;
    }

    /** The processes so far: for each situation the subject's, then the peer's. */
    public List<Actor> actors() {
        return List.copyOf(actors);
    }

    /** Makes the situation of this name. */
    public Situation make(Recipe recipe) {
        return Situation.play(recipe, Stage.on(wire, actorIn(here), actorIn(there)), here);
    }

    private Actor actorIn(Namespace namespace) {
        Actor actor = Actor.in(namespace);
        actors.add(actor);
        return actor;
    }

    /** A connection at rest. */
    public Situation established() {
        return make(Recipe.ESTABLISHED);
    }

    /** A listener. */
    public Situation listen() {
        return make(Recipe.LISTEN);
    }

    /** A SYN nobody answers. */
    public Situation synSent() {
        return make(Recipe.SYN_SENT);
    }

    /** A SYN,ACK nobody answers. */
    public Situation synRecv() {
        return make(Recipe.SYN_RECV);
    }

    /** The peer has sent its FIN, the program has done nothing. */
    public Situation closeWait() {
        return make(Recipe.CLOSE_WAIT);
    }

    /** The same in the queue of a listener that never accepts. */
    public Situation closeWaitUnaccepted() {
        return make(Recipe.CLOSE_WAIT_UNACCEPTED);
    }

    /** The same with 100 bytes nobody has read. */
    public Situation closeWaitUnread() {
        return make(Recipe.CLOSE_WAIT_UNREAD);
    }

    /** The same after the program has read the end of the stream. */
    public Situation closeWaitRead() {
        return make(Recipe.CLOSE_WAIT_READ);
    }

    /** An orphan whose FIN the peer does not hear, after the peer's own. */
    public Situation lastAck() {
        return make(Recipe.LAST_ACK);
    }

    /** An orphan whose FIN the peer does not hear. */
    public Situation finWait1() {
        return make(Recipe.FIN_WAIT_1);
    }

    /** An orphan whose peer does not close. */
    public Situation finWait2() {
        return make(Recipe.FIN_WAIT_2);
    }

    /** An orphan whose FIN crossed the peer's, and was not heard. */
    public Situation closing() {
        return make(Recipe.CLOSING);
    }

    /** Both sides are done, and this one closed first. */
    public Situation timeWait() {
        return make(Recipe.TIME_WAIT);
    }

    /** Ends the actors, then the namespaces. */
    @Override
    public void close() {
        try (here;
                there) {
            actors.forEach(Actor::close);
        }
    }
}
