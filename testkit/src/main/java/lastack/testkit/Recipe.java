package lastack.testkit;

import lastack.model.TcpState;

/** How each situation is made: who does what, in which order. The peer's socket filter freezes what would pass by. */
public enum Recipe {
    ESTABLISHED(TcpState.ESTABLISHED, Holding.HELD, stage -> Cast.held(stage.connect())),
    ESTABLISHED_UNACCEPTED(TcpState.ESTABLISHED, Holding.UNACCEPTED, Stage::connectUnaccepted),
    ESTABLISHED_IN_FLIGHT(TcpState.ESTABLISHED, Holding.IN_FLIGHT, stage -> {
        Connection connection = stage.connect();
        connection.here().sendAway();
        return Cast.released(connection);
    }),

    LISTEN(TcpState.LISTEN, Holding.HELD, Stage::listenOnly),
    SYN_SENT(TcpState.SYN_SENT, Holding.HELD, Stage::connectInVain),
    SYN_RECV(TcpState.SYN_RECV, Holding.UNACCEPTED, Stage::connectHalf),

    /** The program has not looked at the socket since the FIN came. */
    CLOSE_WAIT(TcpState.CLOSE_WAIT, Holding.HELD, stage -> {
        Connection connection = stage.connect();
        connection.there().finish();
        return Cast.held(connection);
    }),
    /** The program has read the end of the stream and does not close. */
    CLOSE_WAIT_READ(TcpState.CLOSE_WAIT, Holding.HELD, stage -> {
        Connection connection = stage.connect();
        connection.endFromThere();
        return Cast.held(connection);
    }),
    /** 100 bytes came before the FIN and were not read. */
    CLOSE_WAIT_UNREAD(TcpState.CLOSE_WAIT, Holding.HELD, stage -> {
        Connection connection = stage.connect();
        connection.there().send(100);
        connection.there().finish();
        return Cast.held(connection);
    }),
    /** The peer is as good as dead: it hears nothing and answers nothing. */
    CLOSE_WAIT_PEER_DEAF(TcpState.CLOSE_WAIT, Holding.HELD, stage -> {
        Connection connection = stage.connect();
        connection.endFromThere();
        connection.there().drop();
        return Cast.held(connection);
    }),
    CLOSE_WAIT_UNACCEPTED(TcpState.CLOSE_WAIT, Holding.UNACCEPTED, stage -> {
        Cast cast = stage.connectUnaccepted();
        cast.theirs().finish();
        return cast;
    }),
    CLOSE_WAIT_IN_FLIGHT(TcpState.CLOSE_WAIT, Holding.IN_FLIGHT, stage -> {
        Connection connection = stage.connect();
        connection.endFromThere();
        connection.here().sendAway();
        return Cast.released(connection);
    }),

    LAST_ACK(TcpState.LAST_ACK, Holding.ORPHAN, stage -> {
        Connection connection = lastAck(stage);
        connection.here().close();
        return Cast.released(connection);
    }),
    LAST_ACK_HELD(TcpState.LAST_ACK, Holding.HELD, stage -> {
        Connection connection = lastAck(stage);
        connection.here().shutdownWrite();
        return Cast.held(connection);
    }),

    FIN_WAIT_1(TcpState.FIN_WAIT_1, Holding.ORPHAN, stage -> {
        Connection connection = stage.connect();
        connection.there().freeze();
        connection.here().close();
        return Cast.released(connection);
    }),
    FIN_WAIT_1_HELD(TcpState.FIN_WAIT_1, Holding.HELD, stage -> Cast.held(finWait1(stage))),
    /** The peer lives but does not read: the FIN stands behind data that its closed window keeps back. */
    FIN_WAIT_1_ZERO_WINDOW(TcpState.FIN_WAIT_1, Holding.ORPHAN, stage -> {
        Connection connection = stage.connect();
        connection.here().fill();
        connection.here().close();
        return Cast.released(connection);
    }),

    FIN_WAIT_2(TcpState.FIN_WAIT_2, Holding.ORPHAN, stage -> {
        Connection connection = stage.connect();
        connection.here().close();
        return Cast.released(connection);
    }),
    FIN_WAIT_2_HELD(TcpState.FIN_WAIT_2, Holding.HELD, stage -> {
        Connection connection = stage.connect();
        connection.here().shutdownWrite();
        return Cast.held(connection);
    }),

    CLOSING(TcpState.CLOSING, Holding.ORPHAN, stage -> {
        Connection connection = finWait1(stage);
        connection.here().close();
        connection.there().shutdownWrite();
        return Cast.released(connection);
    }),
    CLOSING_HELD(TcpState.CLOSING, Holding.HELD, stage -> {
        Connection connection = finWait1(stage);
        connection.there().shutdownWrite();
        return Cast.held(connection);
    }),

    TIME_WAIT(TcpState.TIME_WAIT, Holding.ORPHAN, stage -> {
        Connection connection = stage.connect();
        connection.endFromHere();
        connection.there().shutdownWrite();
        connection.here().close();
        return Cast.released(connection);
    });

    private interface Play {
        Cast on(Stage stage);
    }

    private final TcpState state;
    private final Holding holding;

    @SuppressWarnings("ImmutableEnumChecker") // Every play is a lambda that keeps nothing.
    private final Play play;

    Recipe(TcpState state, Holding holding, Play play) {
        this.state = state;
        this.holding = holding;
        this.play = play;
    }

    /** The state the subject ends in. */
    public TcpState state() {
        return state;
    }

    /** Who has hold of the subject. */
    public Holding holding() {
        return holding;
    }

    Cast on(Stage stage) {
        return play.on(stage);
    }

    /** CLOSE-WAIT whose peer will not hear the FIN. */
    private static Connection lastAck(Stage stage) {
        Connection connection = stage.connect();
        connection.endFromThere();
        connection.there().freeze();
        return connection;
    }

    /** A FIN the peer does not hear. */
    private static Connection finWait1(Stage stage) {
        Connection connection = stage.connect();
        connection.there().freeze();
        connection.here().shutdownWrite();
        return connection;
    }
}
