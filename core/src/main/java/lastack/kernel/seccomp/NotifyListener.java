package lastack.kernel.seccomp;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import lastack.kernel.Errno;
import lastack.kernel.Fd;
import lastack.kernel.Kernel;
import lastack.kernel.KernelException;
import lastack.kernel.Syscall;
import org.jspecify.annotations.Nullable;

/** The other end of the filter: hands over each call that waits, and lets it go on. Only one thread receives; any may answer. */
public final class NotifyListener implements AutoCloseable {
    static final long IOCTL_RECV = 0xC0502100L;
    static final long IOCTL_SEND = 0xC0182101L;
    static final long IOCTL_ID_VALID = 0x40082102L;
    static final long IOCTL_SET_FLAGS = 0x40082104L;
    private static final int FLAG_CONTINUE = 1;
    private static final int SYNC_WAKE_UP = 1;
    private static final int POLLIN = 1;

    /** {@code linux/errno.h}: between the kernel's calls and its signals only, never for programs. */
    private static final int ERESTARTSYS = 512;

    private static final int ERESTARTNOINTR = 513;

    /** {@code struct pollfd}: descriptor, events, returned events. */
    private static final int POLLFD_BYTES = 8;

    private final Fd fd;
    private final ByteBuffer poll;

    /** Takes over the descriptor. */
    public NotifyListener(Fd fd) {
        this.fd = fd;
        handOverProcessor();
        this.poll = Kernel.memory(POLLFD_BYTES).putInt(0, fd.number()).putShort(4, (short) POLLIN);
    }

    /** Each waits for the other: neither need wake another processor (Linux 6.6; older kernels do not know it). */
    private void handOverProcessor() {
        Kernel.call(Syscall.IOCTL, fd.number(), IOCTL_SET_FLAGS, SYNC_WAKE_UP);
    }

    /**
     * Waits for the next call.
     *
     * @return null when every program with the filter has ended
     */
    public @Nullable SeccompNotif next() throws KernelException {
        while (waits()) {
            ByteBuffer received = Kernel.memory(SeccompNotif.BYTES);
            long result = ioctl(IOCTL_RECV, received);
            if (result >= 0) {
                return new SeccompNotif(received);
            }
            // ENOENT: the caller was interrupted, or has died, in between.
            if (!Kernel.errno(result).equals(Errno.ENOENT)
                    && !Kernel.errno(result).equals(Errno.EINTR)) {
                Kernel.check(result, Syscall.IOCTL, "SECCOMP_IOCTL_NOTIF_RECV");
            }
        }
        return null;
    }

    /** POLLHUP alone, without POLLIN, means that nobody is left (Linux 5.8). */
    private boolean waits() throws KernelException {
        while (true) {
            long result = Kernel.call(Syscall.PPOLL, Kernel.address(poll), 1, 0, 0, 0);
            if (result >= 0) {
                return (poll.getShort(6) & POLLIN) != 0;
            }
            if (!Kernel.errno(result).equals(Errno.EINTR)) {
                Kernel.check(result, Syscall.PPOLL, "seccomp listener");
            }
        }
    }

    /** Whether the call still waits: then its thread lives, and everything learnt about its number before was about that thread. */
    public boolean isWaiting(SeccompNotif call) {
        ByteBuffer id = Kernel.memory(8).putLong(0, call.id());
        return ioctl(IOCTL_ID_VALID, id) >= 0;
    }

    /** Lets the call go on into the kernel as the program made it. Nothing happens when nobody waits any more. */
    public void proceed(SeccompNotif call) {
        ioctl(IOCTL_SEND, SeccompNotif.response(call.id(), FLAG_CONTINUE));
    }

    /**
     * Ends the call as a signal would: the kernel makes it again once the handler has run. To be asked only when the thread is certain to look
     * for signals now; any other one would see an error number that does not exist.
     *
     * @param likeAnySlowCall whether it fails with EINTR instead where the handler was set without SA_RESTART
     */
    public void interrupt(SeccompNotif call, boolean likeAnySlowCall) {
        ioctl(IOCTL_SEND, SeccompNotif.failure(call.id(), likeAnySlowCall ? ERESTARTSYS : ERESTARTNOINTR));
    }

    private long ioctl(long request, ByteBuffer argument) {
        long result = Kernel.call(Syscall.IOCTL, fd.number(), request, Kernel.address(argument));
        Reference.reachabilityFence(argument);
        return result;
    }

    @Override
    public void close() {
        fd.close();
    }
}
