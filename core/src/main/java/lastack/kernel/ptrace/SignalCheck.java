package lastack.kernel.ptrace;

import lastack.kernel.KernelException;

/**
 * Makes a thread look for signals as soon as it leaves the call it waits in. The kernel tells one thread of the process only, and
 * nowhere shows which.
 */
public final class SignalCheck {
    private SignalCheck() {}

    /**
     * Has the thread leave its call and look for signals.
     *
     * @param leaving what ends the call
     * @throws KernelException EPERM without the right to trace it, or when another does
     */
    public static void upon(int tid, Runnable leaving) throws KernelException {
        Tracee tracee = Tracee.seize(TracingDoor.KERNEL, tid, 0);
        tracee.interrupt();
        leaving.run();
        if (tracee.awaitStill(Tracee.NEVER)) {
            tracee.ask(PtraceRequest.PTRACE_DETACH, 0, 0);
        }
    }
}
