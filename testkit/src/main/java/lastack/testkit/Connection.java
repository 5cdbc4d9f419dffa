package lastack.testkit;

import lastack.model.Endpoint;

/**
 * Two ends that are connected.
 *
 * @param here the end that becomes the subject; it was accepted
 * @param there the other end; it connected
 * @param local the address of {@code here}, as its own socket shows it
 * @param remote the address of {@code there}, as the socket of {@code here} shows it
 */
record Connection(ActorSocket here, ActorSocket there, Endpoint local, Endpoint remote) {
    private static final int PATIENCE_MILLIS = 5_000;

    /** The other end sends its FIN, the ACK is through, and this end has read the end of the stream. */
    void endFromThere() {
        there.finish();
        expectEnd(here);
    }

    /** This end sends its FIN, the ACK is through, and the other end has read the end of the stream. */
    void endFromHere() {
        here.finish();
        expectEnd(there);
    }

    private static void expectEnd(ActorSocket socket) {
        Sight sight = socket.look(PATIENCE_MILLIS);
        if (sight != Sight.END) {
            throw new IllegalStateException(socket + " saw " + sight + " where a FIN was sent to it");
        }
    }
}
