package lastack.diagnosis;

import lastack.model.TcpSocket;

/** Says what is the matter with sockets in one state, from what is seen and nothing else. */
interface Diagnoser {
    Diagnosis of(TcpSocket socket, Surroundings around);
}
