package lastack.diagnosis;

import lastack.model.TcpSocket;

/** Sockets without a connection: closed, only bound, or in a state this version has never heard of. */
final class Unconnected implements Diagnoser {
    @Override
    public Diagnosis of(TcpSocket socket, Surroundings around) {
        return new Findings(socket)
                .likely(
                        Verdict.HEALTHY,
                        "it has no connection, so nothing of it can linger",
                        "only the program knows whether it still needs it");
    }
}
