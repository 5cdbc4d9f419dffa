package lastack.kernel.ptrace;

import lastack.kernel.Kernel;
import lastack.kernel.Syscall;

/** The way to the kernel while another program stands still; a seam, for what happens there is rehearsed beforehand. */
interface TracingDoor {
    /** The kernel itself. */
    TracingDoor KERNEL = Kernel::call;

    /** Makes a call; a negative result is an error number. */
    long call(Syscall call, long a, long b, long c, long d);
}
