package lastack.testkit;

import java.util.Optional;
import lastack.model.SocketId;
import lastack.model.TcpState;
import org.jspecify.annotations.Nullable;

/** One socket in a wanted state, and who plays with it: its holder, its peer, its listener. */
public final class Situation {
    private static final int SIGHT_MILLIS = 1_000;

    private final Recipe recipe;
    private final Wire wire;
    private final Namespace namespace;
    private final SeenSocket seen;
    private final Cast cast;

    private Situation(Recipe recipe, Wire wire, Namespace namespace, SeenSocket seen, Cast cast) {
        this.recipe = recipe;
        this.wire = wire;
        this.namespace = namespace;
        this.seen = seen;
        this.cast = cast;
    }

    /** Plays the recipe and waits until the kernel shows the state. */
    static Situation play(Recipe recipe, Stage stage, Namespace namespace) {
        Cast cast = recipe.on(stage);
        SeenSocket seen = namespace.tcp().await(cast.local(), cast.remote(), recipe.state());
        return new Situation(recipe, stage.wire(), namespace, seen, cast);
    }

    /** How it was made. */
    public Recipe recipe() {
        return recipe;
    }

    /** What the connection runs over. */
    public Wire wire() {
        return wire;
    }

    /** Where the subject lives. */
    public Namespace namespace() {
        return namespace;
    }

    /** The subject as it was when it had reached its state. */
    public SeenSocket seen() {
        return seen;
    }

    /** The subject's addresses and cookie. */
    public SocketId id() {
        return seen.id();
    }

    /** The subject's inode, 0 when it has none. */
    public long inode() {
        return seen.inode();
    }

    /** Whether a process has a descriptor of the subject. */
    public boolean isHeld() {
        return cast.holder() != null;
    }

    /** The subject's descriptor. */
    public ActorSocket holder() {
        return present(cast.holder(), "holder");
    }

    /** The other end's descriptor. */
    public ActorSocket peer() {
        return present(cast.peer(), "peer");
    }

    /** The listener in whose queue the subject waits. */
    public ActorSocket listener() {
        return present(cast.listener(), "listener");
    }

    private ActorSocket present(@Nullable ActorSocket player, String role) {
        if (player == null) {
            throw new IllegalStateException(recipe + " has no " + role);
        }
        return player;
    }

    /** The subject as it is now, if it is still there. */
    public Optional<SeenSocket> now() {
        return namespace.tcp().find(id().cookie());
    }

    /** Waits until the subject is in this state. */
    public SeenSocket await(TcpState state) {
        return namespace
                .tcp()
                .await(state + " " + id(), socket -> socket.id().cookie() == id().cookie() && socket.state() == state);
    }

    /** Waits until the subject is gone. */
    public void awaitGone() {
        Deadline.await(id() + " to be gone", () -> now().isPresent() ? Optional.empty() : Optional.of(true), this::now);
    }

    /** What the peer sees when it reads now, or within a second. */
    public Sight peerSees() {
        return peer().look(SIGHT_MILLIS);
    }

    /** What the holder sees when it reads now. */
    public Sight holderSees() {
        return holder().look(0);
    }

    @Override
    public String toString() {
        return recipe + " " + id() + " " + namespace;
    }
}
