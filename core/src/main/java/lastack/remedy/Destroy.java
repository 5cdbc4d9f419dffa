package lastack.remedy;

import lastack.kernel.Errno;
import lastack.kernel.KernelException;
import lastack.kernel.diag.SockDiag;
import lastack.kernel.process.Privileges;
import lastack.model.TcpState;

/** {@code SOCK_DESTROY} with the exact cookie: reaches every state, held or not, in 0.1 ms; the descriptor stays. */
final class Destroy implements Remedy {
    private final SockDiag diag;

    Destroy(SockDiag diag) {
        this.diag = diag;
    }

    @Override
    public Method method() {
        return Method.DESTROY;
    }

    @Override
    public Suitability fits(Target target) {
        if (target.socket().state() == TcpState.CLOSED) {
            return Suitability.unfit(Suitability.NO_CONNECTION);
        }
        return target.privileges().has(Privileges.CAP_NET_ADMIN)
                ? Suitability.FITS
                : Suitability.notPermitted("SOCK_DESTROY needs CAP_NET_ADMIN");
    }

    @Override
    public Act apply(Target target) throws KernelException {
        try {
            diag.destroy(target.socket().id());
            return Act.done("destroyed by cookie " + target.socket().id().cookieHex());
        } catch (KernelException e) {
            if (e.is(Errno.ENOENT) || e.is(Errno.ESTALE)) {
                return new Act.NothingLeft();
            }
            throw e;
        }
    }
}
