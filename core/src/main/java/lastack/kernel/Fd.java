package lastack.kernel;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;

/** A file descriptor of lastack's own, closed exactly once. */
public final class Fd implements AutoCloseable {
    private static final int AT_FDCWD = -100;

    /** {@code O_RDONLY | O_CLOEXEC}, the same on both machines. */
    public static final int READ_ONLY = 0x80000;

    private final int number;
    private boolean closed;

    /** Takes over a descriptor that is already open. */
    public Fd(int number) {
        this.number = number;
    }

    /** Opens a path. {@code O_CLOEXEC} is the caller's to add. */
    public static Fd open(String path, int flags) throws KernelException {
        ByteBuffer name = Kernel.cString(path);
        long result = Kernel.call(Syscall.OPENAT, AT_FDCWD, Kernel.address(name), flags, 0);
        Reference.reachabilityFence(name);
        return new Fd((int) Kernel.check(result, Syscall.OPENAT, path));
    }

    /** The descriptor's number. */
    public int number() {
        return number;
    }

    /** Closes it. Never repeated after EINTR: Linux has released the number by then. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            Kernel.call(Syscall.CLOSE, number);
        }
    }
}
