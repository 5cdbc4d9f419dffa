package lastack.remedy;

import lastack.kernel.KernelException;
import lastack.kernel.SocketFd;

/** {@code shutdown(SHUT_RDWR)} through a duplicate: the polite end of a connection whose peer has already said goodbye. */
final class Shutdown implements Remedy {
    @Override
    public Method method() {
        return Method.SHUTDOWN;
    }

    @Override
    public Suitability fits(Target target) {
        return switch (target.socket().state()) {
            case CLOSE_WAIT, SYN_SENT, LISTEN -> target.reachable();
            default ->
                Suitability.unfit("it only ends CLOSE-WAIT and SYN-SENT, not "
                        + target.socket().state());
        };
    }

    @Override
    public Act apply(Target target) throws KernelException {
        return Duplicate.act(target, "shut down", SocketFd::shutdown);
    }
}
