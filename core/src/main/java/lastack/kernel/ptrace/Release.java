package lastack.kernel.ptrace;

import lastack.kernel.KernelException;
import org.jspecify.annotations.Nullable;

/** What happens while the process stands still; everything it needs is there before. */
final class Release {
    private final HeldDescriptor descriptor;
    private final LentThread lent;
    private final LentThread.Act act;
    private final UserRegs scratch = new UserRegs();

    Release(HeldDescriptor descriptor, LentThread lent, LentThread.Act act) {
        this.descriptor = descriptor;
        this.lent = lent;
        this.act = act;
    }

    /** Stops the process and does it; false when the descriptor is not that socket any more. */
    boolean run(SeizedProcess seized) throws KernelException, InjectionRefusedException {
        seized.stop();
        Tracee holder = holder(seized);
        if (holder == null) {
            return false;
        }
        seized.refuseFiltered(holder);
        lent.lend(holder, act);
        return true;
    }

    /** A thread that holds the socket: one in a system call if there is one, for that needs no care for what it is amid. */
    private @Nullable Tracee holder(SeizedProcess still) throws KernelException {
        Tracee holder = null;
        for (Tracee tracee : still.tracees()) {
            if (descriptor.isSocketIn(tracee.tid())) {
                tracee.read(scratch);
                if (scratch.inCall()) {
                    return tracee;
                }
                holder = tracee;
            }
        }
        return holder;
    }
}
