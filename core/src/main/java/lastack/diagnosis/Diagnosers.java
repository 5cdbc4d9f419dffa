package lastack.diagnosis;

import lastack.model.TcpSocket;
import lastack.model.TcpState;

/**
 * One diagnoser for each state.
 *
 * @param thresholds from when on something counts
 */
record Diagnosers(Thresholds thresholds) {
    Diagnosis diagnose(TcpSocket socket, Surroundings around) {
        return of(socket.state()).of(socket, around);
    }

    private Diagnoser of(TcpState state) {
        return switch (state) {
            case CLOSE_WAIT -> new CloseWait(thresholds);
            case TIME_WAIT -> new TimeWait(thresholds);
            case FIN_WAIT_2 -> new FinWait2(thresholds);
            case FIN_WAIT_1, LAST_ACK, CLOSING -> new Unacknowledged(thresholds);
            case SYN_SENT -> new SynSent();
            case SYN_RECV, NEW_SYN_RECV -> new SynReceived();
            case ESTABLISHED -> new Established(thresholds);
            case LISTEN -> new Listening();
            case CLOSED, BOUND_INACTIVE, UNKNOWN -> new Unconnected();
        };
    }
}
