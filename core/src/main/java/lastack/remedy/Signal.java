package lastack.remedy;

import java.util.HashSet;
import java.util.Set;
import lastack.kernel.Errno;
import lastack.kernel.KernelException;
import lastack.kernel.process.DescriptorLink;
import lastack.kernel.process.Pidfd;
import lastack.kernel.process.Privileges;
import lastack.model.Owner;
import lastack.model.ProcessId;

/** A signal to every owner, once per process, through a handle that cannot mean a later process of the same number. */
final class Signal implements Remedy {
    private static final int SIGKILL = 9;
    private static final int SIGTERM = 15;

    private final Method method;
    private final int number;
    private final OwnSession session;
    private final Set<ProcessId> signalled = new HashSet<>();

    private Signal(Method method, int number, OwnSession session) {
        this.method = method;
        this.number = number;
        this.session = session;
    }

    static Signal term(OwnSession session) {
        return new Signal(Method.TERM, SIGTERM, session);
    }

    static Signal kill(OwnSession session) {
        return new Signal(Method.KILL, SIGKILL, session);
    }

    @Override
    public Method method() {
        return method;
    }

    @Override
    public Suitability fits(Target target) {
        for (Owner owner : target.owners()) {
            if (owner.pid() == 1) {
                return Suitability.unfit(owner.label() + " is the init process");
            }
            if (session.includes(owner.process())) {
                return Suitability.unfit(owner.label() + " is lastack itself or the session it runs in");
            }
            if (!maySignal(owner, target.privileges())) {
                return Suitability.notPermitted(
                        owner.label() + " belongs to " + owner.user() + ": needs the same user or CAP_KILL");
            }
        }
        return target.owners().isEmpty() ? target.reachable() : Suitability.FITS;
    }

    private static boolean maySignal(Owner owner, Privileges privileges) {
        return privileges.has(Privileges.CAP_KILL) || owner.uid() == privileges.uid();
    }

    @Override
    public Act apply(Target target) throws KernelException {
        StringBuilder sent = new StringBuilder();
        for (Owner owner : target.owners()) {
            if (signalled.contains(owner.process())
                    || send(owner, target.socket().inode())) {
                signalled.add(owner.process());
                sent.append(sent.isEmpty() ? "" : ", ").append(owner.label());
            }
        }
        return sent.isEmpty() ? new Act.NothingLeft() : Act.done("signalled " + sent);
    }

    /** False when this owner does not hold the socket any more. */
    private boolean send(Owner owner, long inode) throws KernelException {
        try (Pidfd process = Pidfd.open(owner.process())) {
            if (!DescriptorLink.isSocket(owner.pid(), owner.fd(), inode)) {
                return false;
            }
            process.signal(number);
            return true;
        } catch (KernelException e) {
            if (e.is(Errno.ESRCH)) {
                return false;
            }
            throw e;
        }
    }
}
