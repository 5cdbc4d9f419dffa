package lastack.kernel;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;

/** A file descriptor of lastack's own, closed exactly once. */
public final class Fd implements AutoCloseable {
    private static final int AT_FDCWD = -100;
    private static final short POLLOUT = 4;

    /** {@code struct pollfd}: descriptor, events, returned events. */
    private static final int POLLFD_BYTES = 8;

    private static final int TIMESPEC_BYTES = 16;

    /** {@code O_RDONLY | O_CLOEXEC}, the same on both machines. */
    public static final int READ_ONLY = 0x80000;

    /** {@code O_RDWR | O_CLOEXEC}, the same on both machines. */
    public static final int READ_WRITE = 0x80002;

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

    /** A path to what it refers to, good in this process while it is open. */
    public String path() {
        return "/proc/self/fd/" + number;
    }

    /** Whether a write of a few bytes would go in at once ({@code POLLOUT}). */
    public boolean isWritable() throws KernelException {
        ByteBuffer poll = Kernel.memory(POLLFD_BYTES).putInt(0, number).putShort(4, POLLOUT);
        ByteBuffer noTime = Kernel.memory(TIMESPEC_BYTES);
        long result = Kernel.call(Syscall.PPOLL, Kernel.address(poll), 1, Kernel.address(noTime), 0, 0);
        Reference.reachabilityFence(noTime);
        Kernel.check(result, Syscall.PPOLL, "fd " + number);
        return poll.getShort(6) == POLLOUT;
    }

    /** Writes as much as goes in one call. */
    public void write(byte[] bytes) throws KernelException {
        ByteBuffer memory = Kernel.memory(bytes.length).put(0, bytes);
        long result = Kernel.call(Syscall.WRITE, number, Kernel.address(memory), bytes.length);
        Reference.reachabilityFence(memory);
        Kernel.check(result, Syscall.WRITE, "fd " + number);
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
