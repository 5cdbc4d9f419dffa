package lastack.remedy;

import java.util.Optional;
import lastack.kernel.KernelException;
import lastack.kernel.ptrace.ForeignDescriptor;
import lastack.kernel.ptrace.InjectionAnswer;
import lastack.kernel.ptrace.InjectionRefusedException;
import lastack.model.Owner;

/** What can be done to a descriptor inside the process that holds it. */
enum Surgery {
    /** Put {@code /dev/null} in its place. */
    PARK("/dev/null over"),
    /** Close it. */
    CLOSE("closed");

    private final String verb;

    Surgery(String verb) {
        this.verb = verb;
    }

    /** The refusal of a holder that can be foreseen, before anything is touched. */
    static Optional<Act> foreseenRefusal(Target target) throws KernelException {
        for (Owner owner : target.owners()) {
            try {
                ForeignDescriptor.refuseUnfit(owner.process(), owner.fd());
            } catch (InjectionRefusedException e) {
                return Optional.of(refused("", e));
            }
        }
        return Optional.empty();
    }

    /** Does it in every process that still holds the socket, and stops at the first that refuses. */
    Act onEveryHolder(Target target) throws KernelException {
        StringBuilder done = new StringBuilder();
        long longest = 0;
        for (Owner owner : target.owners()) {
            try {
                if (operate(owner, target.socket().inode()) instanceof InjectionAnswer.StandStill still) {
                    done.append(done.isEmpty() ? verb : ",").append(" fd ").append(owner.fd());
                    done.append(" of ").append(owner.label());
                    longest = Math.max(longest, still.nanos());
                }
            } catch (InjectionRefusedException e) {
                return refused(done.toString(), e);
            }
        }
        return done.isEmpty() ? new Act.NothingLeft() : new Act.Done(done.toString(), longest);
    }

    private InjectionAnswer operate(Owner owner, long inode) throws KernelException, InjectionRefusedException {
        return switch (this) {
            case PARK -> ForeignDescriptor.park(owner.process(), owner.fd(), inode);
            case CLOSE -> ForeignDescriptor.close(owner.process(), owner.fd(), inode);
        };
    }

    private static Act refused(String done, InjectionRefusedException e) {
        String why = done.isEmpty() ? String.valueOf(e.getMessage()) : done + ", but " + e.getMessage();
        String hint = "the connection itself can go without touching the process: --by disconnect or --by destroy";
        return new Act.Refused("EPERM", why, hint, true);
    }
}
