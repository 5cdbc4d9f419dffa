package lastack.diagnosis;

import java.util.Optional;
import lastack.model.TcpSocket;
import lastack.model.TcpState;

/**
 * One diagnoser for each state.
 *
 * @param thresholds from when on something counts
 */
record Diagnosers(Thresholds thresholds) {
    Diagnosis diagnose(TcpSocket socket, Surroundings around) {
        Diagnosis found = of(socket.state()).of(socket, around);
        Diagnosis whole = isConnection(socket.state()) ? withPressure(found, around) : found;
        return new Permission(socket, around).mark(whole);
    }

    private static boolean isConnection(TcpState state) {
        return switch (state) {
            case LISTEN, CLOSED, BOUND_INACTIVE, UNKNOWN, SYN_RECV, NEW_SYN_RECV, TIME_WAIT -> false;
            case ESTABLISHED, SYN_SENT, FIN_WAIT_1, FIN_WAIT_2, CLOSE_WAIT, LAST_ACK, CLOSING -> true;
        };
    }

    /** A connection with which nothing else is wrong may still be one of too many. */
    private Diagnosis withPressure(Diagnosis found, Surroundings around) {
        Findings findings = new Findings(found.socket());
        Optional<Diagnosis> pressure = new PortPressure(thresholds).of(found.socket(), around, findings);
        if (pressure.isEmpty()) {
            return found;
        }
        return found.verdict().isHarmless() ? pressure.get().after(found) : found.and(pressure.get());
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
