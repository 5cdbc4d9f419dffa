package lastack.kernel.process;

import lastack.kernel.Fd;
import lastack.kernel.Kernel;
import lastack.kernel.KernelException;
import lastack.kernel.Syscall;

/** What makes of this process one that runs in the background by itself (daemon(7)). */
public final class Detachment {
    private static final int STANDARD_DESCRIPTORS = 3;

    private Detachment() {}

    /** Gives it a session of its own and {@code /dev/null} for input, output and errors. */
    public static void carryOut() throws KernelException {
        Kernel.call(Syscall.SETSID);
        try (Fd nowhere = Fd.open("/dev/null", Fd.READ_WRITE)) {
            for (int number = 0; number < STANDARD_DESCRIPTORS; number++) {
                Kernel.check(Kernel.call(Syscall.DUP3, nowhere.number(), number, 0), Syscall.DUP3, "/dev/null");
            }
        }
    }
}
