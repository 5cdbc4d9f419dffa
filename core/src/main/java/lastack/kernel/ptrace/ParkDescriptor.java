package lastack.kernel.ptrace;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lastack.kernel.Errno;
import lastack.kernel.Kernel;
import lastack.kernel.KernelException;
import lastack.kernel.Syscall;

/** Puts /dev/null in the place of a descriptor, so that the program's own close of that number hits nothing else. */
final class ParkDescriptor implements LentThread.Act {
    private static final int AT_FDCWD = -100;
    private static final int O_RDWR = 2;
    private static final int O_CLOEXEC = 0x80000;
    private static final int OCTAL = 8;
    private static final Pattern FLAGS = Pattern.compile("^flags:\\s+([0-7]+)", Pattern.MULTILINE);

    private final HeldDescriptor descriptor;
    private final int closeOnExec;
    private final NativeBytes devNull = NativeBytes.of(Kernel.cString("/dev/null"));
    private final SavedBytes stack;

    /**
     * Prepares it.
     *
     * @param closeOnExec whether a program started by this one shall not inherit the number, as it was for the socket
     */
    ParkDescriptor(HeldDescriptor descriptor, boolean closeOnExec, TargetMemory memory) {
        this.descriptor = descriptor;
        this.closeOnExec = closeOnExec ? O_CLOEXEC : 0;
        this.stack = new SavedBytes(memory, devNull.size());
    }

    /** The flag as {@code /proc/PID/fdinfo} shows it; that of a socket being let go hardly changes. */
    static boolean closesOnExec(String fdinfo) {
        Matcher flags = FLAGS.matcher(fdinfo);
        return flags.find() && (Long.parseLong(flags.group(1), OCTAL) & O_CLOEXEC) != 0;
    }

    @Override
    public void run(InjectedCalls calls) throws KernelException, InjectionRefusedException {
        long path = calls.freeMemory(devNull.size());
        try (SavedBytes bytes = stack.save(path)) {
            bytes.replace(devNull);
            park(calls, path);
        }
    }

    private void park(InjectedCalls calls, long path) throws KernelException, InjectionRefusedException {
        long spare = calls.call(Syscall.OPENAT, AT_FDCWD, path, O_RDWR | O_CLOEXEC);
        if (spare == -Errno.EMFILE.number()) {
            parkInFullTable(calls, path);
            return;
        }
        calls.check(spare, Syscall.OPENAT, "/dev/null in place of", descriptor);
        long parked = calls.release(Syscall.DUP3, spare, descriptor.fd(), closeOnExec);
        calls.call(Syscall.CLOSE, spare, 0, 0);
        calls.check(parked, Syscall.DUP3, "/dev/null to", descriptor);
    }

    /** A leak has used up every number: this one is the only free one once it is closed, and nobody else is running. */
    private void parkInFullTable(InjectedCalls calls, long path) throws KernelException, InjectionRefusedException {
        calls.release(Syscall.CLOSE, descriptor.fd(), 0, 0);
        long parked = calls.call(Syscall.OPENAT, AT_FDCWD, path, O_RDWR | closeOnExec);
        calls.check(parked, Syscall.OPENAT, "/dev/null in place of the already closed", descriptor);
    }
}
