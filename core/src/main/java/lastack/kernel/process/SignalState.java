package lastack.kernel.process;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import lastack.kernel.Kernel;
import lastack.kernel.Syscall;

/**
 * The signals a program is started with: a JVM takes some for itself.
 *
 * @param blocked bit n-1 for signal n, as {@code SigBlk} in {@code /proc/PID/status}
 * @param ignored the same, as {@code SigIgn}; {@code nohup} ignores SIGHUP
 */
public record SignalState(long blocked, long ignored) {
    private static final int SIG_SETMASK = 2;
    private static final int SET_BYTES = 8;
    private static final long SIG_IGN = 1;

    /** {@code struct kernel_sigaction}: handler, flags, restorer, mask. */
    private static final int SIGACTION_BYTES = 32;

    /** Sets this for the calling thread and its process. The program that follows finds every other signal at its default. */
    void restore() {
        for (long left = ignored; left != 0; left &= left - 1) {
            ignore(Long.numberOfTrailingZeros(left) + 1);
        }
        ByteBuffer mask = Kernel.memory(SET_BYTES).putLong(0, blocked);
        Kernel.call(Syscall.RT_SIGPROCMASK, SIG_SETMASK, Kernel.address(mask), 0, SET_BYTES);
        Reference.reachabilityFence(mask);
    }

    private static void ignore(int signal) {
        ByteBuffer action = Kernel.memory(SIGACTION_BYTES).putLong(0, SIG_IGN);
        Kernel.call(Syscall.RT_SIGACTION, signal, Kernel.address(action), 0, SET_BYTES);
        Reference.reachabilityFence(action);
    }
}
