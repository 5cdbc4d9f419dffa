package lastack.launch;

import java.util.concurrent.locks.LockSupport;
import lastack.kernel.BindTrial;
import lastack.kernel.Errno;
import lastack.kernel.Fd;
import lastack.kernel.KernelException;
import lastack.kernel.SockOpt;
import lastack.kernel.SocketFd;
import lastack.kernel.seccomp.Caller;
import lastack.kernel.seccomp.NotifyListener;
import lastack.kernel.seccomp.SeccompNotif;
import lastack.kernel.seccomp.SocketCall;
import lastack.model.Family;
import org.jspecify.annotations.Nullable;

/** A program's call on a TCP socket that waits for lastack. Closing this lets it go on, whatever has happened before. */
final class HeldCall implements AutoCloseable {
    private static final int IPPROTO_TCP = 6;
    private static final int IPPROTO_MPTCP = 262;
    private static final long MOST_NANOS = 50_000_000;
    private static final long PAUSE_NANOS = 20_000;

    private final NotifyListener listener;
    private final SeccompNotif notif;
    private final Caller caller;
    private final CallArguments arguments;
    private final Fd fd;
    private final SocketFd socket;

    private HeldCall(
            NotifyListener listener, SeccompNotif notif, Caller caller, CallArguments arguments, Fd duplicate) {
        this.listener = listener;
        this.notif = notif;
        this.caller = caller;
        this.arguments = arguments;
        this.fd = duplicate;
        this.socket = new SocketFd(duplicate);
    }

    /**
     * Looks at a call.
     *
     * @return null when it is not about a TCP socket, or nobody waits any more
     * @throws KernelException EPERM and others, where the program cannot be looked into
     */
    static @Nullable HeldCall of(NotifyListener listener, SeccompNotif notif) throws KernelException {
        Caller caller = Caller.open(notif.tid());
        Fd duplicate = null;
        HeldCall call = null;
        try {
            CallArguments arguments = CallArguments.of(notif, caller);
            duplicate = caller.duplicate(arguments.fd());
            HeldCall looked = new HeldCall(listener, notif, caller, arguments, duplicate);
            call = looked.isWaiting() && isTcp(looked.socket) ? looked : null;
            return call;
        } finally {
            if (call == null) {
                closeAll(duplicate, caller);
            }
        }
    }

    private static void closeAll(@Nullable Fd duplicate, Caller caller) {
        if (duplicate != null) {
            duplicate.close();
        }
        caller.close();
    }

    private static boolean isTcp(SocketFd socket) throws KernelException {
        try {
            int protocol = socket.option(SockOpt.SO_PROTOCOL);
            int domain = socket.option(SockOpt.SO_DOMAIN);
            return (protocol == IPPROTO_TCP || protocol == IPPROTO_MPTCP)
                    && (domain == Family.INET.number() || domain == Family.INET6.number());
        } catch (KernelException e) {
            if (e.is(Errno.ENOTSOCK) || e.is(Errno.EBADF)) {
                return false;
            }
            throw e;
        }
    }

    @Nullable
    SocketCall kind() {
        return notif.call();
    }

    /** Whether the program still waits: it may have been killed or interrupted. */
    boolean isWaiting() {
        return listener.isWaiting(notif);
    }

    Caller caller() {
        return caller;
    }

    CallArguments arguments() {
        return arguments;
    }

    /** The duplicate. */
    Fd fd() {
        return fd;
    }

    /** The socket behind the duplicate. */
    SocketFd socket() {
        return socket;
    }

    /**
     * Lets a bind go on, and waits until it is done, that no trial of another bind comes between. One that fails nevertheless is
     * waited for only for a moment.
     */
    void goOnUntilBound() throws KernelException {
        listener.proceed(notif);
        long deadline = System.nanoTime() + MOST_NANOS;
        while (!BindTrial.isBound(fd) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        close();
    }

    @Override
    public void close() {
        fd.close();
        caller.close();
        listener.proceed(notif);
    }
}
