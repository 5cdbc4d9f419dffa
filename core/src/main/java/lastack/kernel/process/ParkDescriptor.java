package lastack.kernel.process;

import java.nio.ByteBuffer;
import lastack.kernel.Errno;
import lastack.kernel.Kernel;
import lastack.kernel.KernelException;
import lastack.kernel.Syscall;

/** Puts /dev/null in the place of a descriptor, so that the program's own close of that number hits nothing else. */
final class ParkDescriptor implements LentThread.Act {
    private static final int AT_FDCWD = -100;
    private static final int F_GETFD = 1;
    private static final int FD_CLOEXEC = 1;
    private static final int O_RDWR = 2;
    private static final int O_CLOEXEC = 0x80000;

    private final HeldDescriptor descriptor;
    private final ByteBuffer devNull = Kernel.cString("/dev/null");
    private final SavedBytes stack;

    ParkDescriptor(HeldDescriptor descriptor, TargetMemory memory) {
        this.descriptor = descriptor;
        this.stack = new SavedBytes(memory, devNull.capacity());
    }

    @Override
    public void run(InjectedCalls calls) throws KernelException, InjectionRefusedException {
        long flags = calls.call(Syscall.FCNTL, descriptor.fd(), F_GETFD, 0);
        calls.check(flags, Syscall.FCNTL, descriptor.toString());
        int closeOnExec = (flags & FD_CLOEXEC) != 0 ? O_CLOEXEC : 0;
        long path = calls.freeMemory(devNull.capacity());
        try (SavedBytes bytes = stack.save(path)) {
            bytes.replace(devNull);
            park(calls, path, closeOnExec);
        }
    }

    private void park(InjectedCalls calls, long path, int closeOnExec)
            throws KernelException, InjectionRefusedException {
        long spare = calls.call(Syscall.OPENAT, AT_FDCWD, path, O_RDWR | O_CLOEXEC);
        if (spare == -Errno.EMFILE.number()) {
            parkInFullTable(calls, path, closeOnExec);
            return;
        }
        calls.check(spare, Syscall.OPENAT, "/dev/null for " + descriptor);
        long parked = calls.release(Syscall.DUP3, spare, descriptor.fd(), closeOnExec);
        calls.call(Syscall.CLOSE, spare, 0, 0);
        calls.check(parked, Syscall.DUP3, descriptor.toString());
    }

    /** A leak has used up every number: this one is the only free one once it is closed, and nobody else is running. */
    private void parkInFullTable(InjectedCalls calls, long path, int closeOnExec)
            throws KernelException, InjectionRefusedException {
        calls.release(Syscall.CLOSE, descriptor.fd(), 0, 0);
        long parked = calls.call(Syscall.OPENAT, AT_FDCWD, path, O_RDWR | closeOnExec);
        calls.check(parked, Syscall.OPENAT, "/dev/null for " + descriptor + ", which is closed already");
    }
}
