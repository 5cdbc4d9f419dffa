package lastack.remedy;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import lastack.kernel.KernelException;
import lastack.kernel.SocketFd;
import lastack.model.TcpState;

/** {@code shutdown(SHUT_RDWR)} through a duplicate: the polite end of a connection whose peer has already said goodbye. */
final class Shutdown implements Remedy {
    private static final Map<TcpState, Suitability> UNFIT = reasons();

    /** Made once: of ten thousand sockets most are in the same state. */
    private static Map<TcpState, Suitability> reasons() {
        Map<TcpState, Suitability> reasons = new EnumMap<>(TcpState.class);
        for (TcpState state : TcpState.values()) {
            reasons.put(state, Suitability.unfit("it only ends CLOSE-WAIT and SYN-SENT, not " + state));
        }
        return reasons;
    }

    @Override
    public Method method() {
        return Method.SHUTDOWN;
    }

    @Override
    public Suitability fits(Target target) {
        return switch (target.socket().state()) {
            case CLOSE_WAIT, SYN_SENT, LISTEN -> target.reachable();
            default -> Objects.requireNonNull(UNFIT.get(target.socket().state()));
        };
    }

    @Override
    public Act apply(Target target) throws KernelException {
        return Duplicate.act(target, "shut down", SocketFd::shutdown);
    }
}
