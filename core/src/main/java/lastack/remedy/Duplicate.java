package lastack.remedy;

import lastack.kernel.Errno;
import lastack.kernel.KernelException;
import lastack.kernel.SocketFd;
import lastack.kernel.process.Pidfd;
import lastack.model.Owner;

/** Acts on a socket through a duplicate of an owner's descriptor, once the duplicate has proved to be the very socket. */
final class Duplicate {
    private Duplicate() {}

    /** What to do with the duplicate. */
    interface Action {
        void on(SocketFd duplicate) throws KernelException;
    }

    /** Acts through the first owner that still holds the socket. */
    static Act act(Target target, String how, Action action) throws KernelException {
        for (Owner owner : target.owners()) {
            if (target.mayReachInto(owner) && actThrough(owner, target, action)) {
                return Act.done(how + " through fd " + owner.fd() + " of " + owner.label());
            }
        }
        return new Act.NothingLeft();
    }

    /** False when this owner does not hold the socket any more. */
    private static boolean actThrough(Owner owner, Target target, Action action) throws KernelException {
        try (Pidfd process = Pidfd.open(owner.process());
                SocketFd duplicate = new SocketFd(process.duplicate(owner.fd()))) {
            if (duplicate.cookie() != target.socket().id().cookie()) {
                return false;
            }
            action.on(duplicate);
            return true;
        } catch (KernelException e) {
            if (e.is(Errno.ESRCH) || e.is(Errno.EBADF) || e.is(Errno.ENOTSOCK) || e.is(Errno.ENOTCONN)) {
                return false;
            }
            throw e;
        }
    }
}
