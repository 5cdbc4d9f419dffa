package lastack.remedy;

import java.util.ArrayList;
import java.util.List;
import lastack.kernel.Errno;
import lastack.kernel.KernelException;
import lastack.kernel.diag.SockDiag;
import lastack.kernel.process.Privileges;
import lastack.model.SocketId;
import lastack.model.TcpState;

/** {@code SOCK_DESTROY} with the exact cookie: reaches every state, held or not, in 0.1 ms; the descriptor stays. */
final class Destroy implements Remedy.OfMany {
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
            return done(target);
        } catch (KernelException e) {
            if (isGone(e.errno())) {
                return new Act.NothingLeft();
            }
            throw e;
        }
    }

    @Override
    public List<Act> applyAll(List<Target> targets) {
        List<Act> acts = new ArrayList<>(targets.size());
        try {
            List<Errno> errors = diag.destroy(ids(targets));
            for (int i = 0; i < errors.size(); i++) {
                acts.add(act(targets.get(i), errors.get(i)));
            }
        } catch (KernelException e) {
            targets.forEach(_ -> acts.add(Refusals.explain(method(), e)));
        }
        return acts;
    }

    private static List<SocketId> ids(List<Target> targets) {
        List<SocketId> ids = new ArrayList<>(targets.size());
        for (Target target : targets) {
            ids.add(target.socket().id());
        }
        return ids;
    }

    private Act act(Target target, Errno error) {
        if (error.equals(Errno.NONE)) {
            return done(target);
        }
        return isGone(error)
                ? new Act.NothingLeft()
                : Refusals.explain(
                        method(),
                        new KernelException("destroy", target.socket().id().toString(), error));
    }

    private static Act done(Target target) {
        return Act.done("destroyed by cookie " + target.socket().id().cookieHex());
    }

    private static boolean isGone(Errno error) {
        return error.equals(Errno.ENOENT) || error.equals(Errno.ESTALE);
    }
}
