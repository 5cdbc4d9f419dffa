package lastack.testkit;

import java.util.function.Consumer;

/**
 * Where a situation is played: two actors and their addresses.
 *
 * @param wire what the connection runs over
 * @param here the actor of the subject
 * @param there the actor of the peer
 * @param hereHost the subject's address
 * @param thereHost the peer's address
 * @param port the subject's port, 0 for any
 * @param dress what is done to every new socket of the subject's side
 */
record Stage(
        Wire wire, Actor here, Actor there, String hereHost, String thereHost, int port, Consumer<ActorSocket> dress) {
    static Stage on(Wire wire, Actor here, Actor there) {
        return new Stage(wire, here, there, wire.here(), wire.there(), 0, plain -> {});
    }

    private ActorSocket subject() {
        ActorSocket socket = here.socket(wire.family());
        dress.accept(socket);
        return socket;
    }

    /** A listener on the subject's side. */
    Listener listen() {
        ActorSocket socket = subject();
        int bound = socket.bind(hereHost, port);
        socket.listen(16);
        return new Listener(socket, bound);
    }

    record Listener(ActorSocket socket, int port) {}

    /** A bound socket on the peer's side, not yet connected. */
    ActorSocket client() {
        ActorSocket socket = there.socket(wire.peerFamily());
        socket.bind(thereHost, 0);
        return socket;
    }

    /** An established connection; the subject's side accepted it and listens no more. */
    Connection connect() {
        Listener listener = listen();
        Connection connection = connect(listener);
        listener.socket().close();
        return connection;
    }

    private Connection connect(Listener listener) {
        ActorSocket client = client();
        int clientPort = client.connect(hereHost, listener.port());
        return new Connection(
                listener.socket().accept(),
                client,
                wire.endpoint(hereHost, listener.port()),
                wire.endpoint(thereHost, clientPort));
    }

    /** A listener with one connection in its queue, which the program never accepts. */
    Cast connectUnaccepted() {
        Listener listener = listen();
        ActorSocket client = client();
        int clientPort = client.connect(hereHost, listener.port());
        return queued(listener, client, clientPort);
    }

    /** A listener with half a connection: the client never hears the SYN,ACK. */
    Cast connectHalf() {
        Listener listener = listen();
        ActorSocket client = client();
        client.freeze();
        int clientPort = client.startConnect(hereHost, listener.port());
        return queued(listener, client, clientPort);
    }

    private Cast queued(Listener listener, ActorSocket client, int clientPort) {
        return Cast.queued(
                wire.endpoint(hereHost, listener.port()),
                wire.endpoint(thereHost, clientPort),
                listener.socket(),
                client);
    }

    /** A listener as the subject. */
    Cast listenOnly() {
        Listener listener = listen();
        return new Cast(wire.endpoint(hereHost, listener.port()), wire.nobody(), listener.socket(), null, null);
    }

    /** A connection attempt of the subject that nobody answers. */
    Cast connectInVain() {
        ActorSocket deaf = there.socket(wire.peerFamily());
        int deafPort = deaf.bind(thereHost, 0);
        deaf.listen(16);
        deaf.freeze();
        ActorSocket client = subject();
        client.bind(hereHost, port);
        int clientPort = client.startConnect(thereHost, deafPort);
        return new Cast(wire.endpoint(hereHost, clientPort), wire.endpoint(thereHost, deafPort), client, deaf, null);
    }
}
