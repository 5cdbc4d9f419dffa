package lastack.remedy;

import lastack.kernel.KernelException;
import lastack.kernel.SocketFd;
import lastack.kernel.process.Privileges;
import lastack.model.TcpState;

/** {@code TCP_REPAIR} and then {@code connect(AF_UNSPEC)} through a duplicate: gone without a packet. */
final class Vanish implements Remedy {
    @Override
    public Method method() {
        return Method.VANISH;
    }

    @Override
    public Suitability fits(Target target) {
        if (target.socket().state() == TcpState.LISTEN) {
            return Suitability.unfit("a listener has no connection to hide");
        }
        if (target.socket().state() == TcpState.CLOSED) {
            return Suitability.unfit(Suitability.NO_CONNECTION);
        }
        if (!target.privileges().has(Privileges.CAP_NET_ADMIN)) {
            return Suitability.notPermitted("TCP_REPAIR needs CAP_NET_ADMIN");
        }
        return target.reachable();
    }

    @Override
    public Act apply(Target target) throws KernelException {
        return Duplicate.act(target, "silently disconnected", Vanish::vanish);
    }

    private static void vanish(SocketFd duplicate) throws KernelException {
        duplicate.repairing(duplicate::disconnect);
    }
}
