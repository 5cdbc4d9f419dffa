package lastack.kernel.ptrace;

import java.util.List;
import lastack.kernel.KernelException;
import org.jspecify.annotations.Nullable;

/**
 * What happens once all threads are attached. One is stopped and made ready to be lent while the others still run; they stand
 * still only for the look at the descriptor and the act.
 */
final class Release {
    /** So many threads are stopped one after the other to find one in a system call. */
    private static final int TRIES = 3;

    private final HeldDescriptor descriptor;
    private final LentThread lent;
    private final LentThread.Act act;
    private final UserRegs scratch = new UserRegs();
    private boolean done;

    Release(HeldDescriptor descriptor, LentThread lent, LentThread.Act act) {
        this.descriptor = descriptor;
        this.lent = lent;
        this.act = act;
    }

    /** Does it; false when the descriptor is not that socket any more. */
    boolean run(SeizedProcess seized) throws KernelException, InjectionRefusedException {
        Tracee holder = holder(seized);
        if (holder == null) {
            return false;
        }
        seized.refuseFiltered(holder);
        lent.lend(holder, calls -> actWhileAllStandStill(seized, holder, calls));
        return done;
    }

    private void actWhileAllStandStill(SeizedProcess seized, Tracee holder, InjectedCalls calls)
            throws KernelException, InjectionRefusedException {
        try {
            seized.stopOthers();
            if (descriptor.isSocketIn(holder.tid())) {
                act.run(calls);
                done = true;
            }
        } finally {
            seized.releaseOthers(holder);
        }
    }

    /** A stopped thread that holds the socket: one in a system call if one is found soon, for that needs no care for what it is amid. */
    private @Nullable Tracee holder(SeizedProcess seized) throws KernelException, InjectionRefusedException {
        Tracee holder = null;
        int tries = 0;
        for (Tracee tracee : List.copyOf(seized.tracees())) {
            if (descriptor.isSocketIn(tracee.tid()) && seized.stop(tracee)) {
                holder = tracee;
                tracee.read(scratch);
                if (scratch.inCall() || ++tries == TRIES) {
                    return holder;
                }
            }
        }
        return holder;
    }
}
