package lastack.remedy;

import lastack.kernel.KernelException;
import lastack.kernel.SocketFd;
import lastack.model.TcpState;

/** {@code connect(AF_UNSPEC)} through a duplicate: what {@code SOCK_DESTROY} does, for held sockets and without capability. */
final class Disconnect implements Remedy {
    @Override
    public Method method() {
        return Method.DISCONNECT;
    }

    @Override
    public Suitability fits(Target target) {
        return target.socket().state() == TcpState.CLOSED
                ? Suitability.unfit(Suitability.NO_CONNECTION)
                : target.reachable();
    }

    @Override
    public Act apply(Target target) throws KernelException {
        return Duplicate.act(target, "disconnected", SocketFd::disconnect);
    }
}
