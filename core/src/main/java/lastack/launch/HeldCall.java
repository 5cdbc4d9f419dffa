package lastack.launch;

import java.util.concurrent.locks.LockSupport;
import lastack.kernel.BindTrial;
import lastack.kernel.Errno;
import lastack.kernel.Fd;
import lastack.kernel.KernelException;
import lastack.kernel.SockOpt;
import lastack.kernel.SocketFd;
import lastack.kernel.process.ProcStat;
import lastack.kernel.ptrace.SignalCheck;
import lastack.kernel.seccomp.Caller;
import lastack.kernel.seccomp.NotifyListener;
import lastack.kernel.seccomp.SeccompNotif;
import lastack.kernel.seccomp.SocketCall;
import lastack.kernel.seccomp.WaitingSignals;
import lastack.model.Family;
import org.jspecify.annotations.Nullable;

/** A program's call on a TCP socket that waits for lastack. Closing this lets it go on, whatever has happened before. */
final class HeldCall implements AutoCloseable {
    private static final int IPPROTO_TCP = 6;
    private static final int IPPROTO_MPTCP = 262;
    private static final long MOST_NANOS = 50_000_000;
    private static final long SPIN_NANOS = 100_000;
    private static final long PAUSE_NANOS = 20_000;

    private final NotifyListener listener;
    private final SeccompNotif notif;
    private final Caller caller;
    private final CallArguments arguments;
    private final Fd fd;
    private final SocketFd socket;
    private boolean answered;

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
     * Ends the call when a signal waits for its thread, which takes none while it waits here: after the handler the kernel makes the call again. One
     * that asks the program to end may fail the call with EINTR, as any slow call, or the program would not hear of it in time.
     *
     * @param forAny whether also for one that nobody waits for
     * @return whether it has ended
     */
    boolean makesWayForSignals(boolean forAny) throws KernelException {
        WaitingSignals signals = caller.signals();
        if (isStopping(signals)) {
            lookForSignals(signals);
        } else if (signals.urgent() || (forAny && signals.any())) {
            makeWay(signals);
        }
        return answered;
    }

    private void makeWay(WaitingSignals signals) throws KernelException {
        if (signals.surelyItsOwn()) {
            interrupt(signals);
        } else {
            lookForSignals(signals);
        }
    }

    private void lookForSignals(WaitingSignals signals) throws KernelException {
        try {
            SignalCheck.upon(caller.tid(), () -> interrupt(signals));
        } catch (KernelException e) {
            if (!e.is(Errno.EPERM)) {
                throw e;
            }
            // A debugger has the thread: the signal waits until the call is over.
        }
    }

    private void interrupt(WaitingSignals signals) {
        answered = true;
        listener.interrupt(notif, signals.askToEnd());
    }

    /** Its first thread stands still already: then this one is to follow. */
    private boolean isStopping(WaitingSignals signals) {
        return signals.process() != caller.tid()
                && ProcStat.state(signals.process()).orElse('X') == 'T';
    }

    /** Lets the call go on into the kernel. */
    void goOn() {
        if (!answered) {
            answered = true;
            listener.proceed(notif);
        }
    }

    /**
     * Lets a bind go on, and waits until it is done, that no trial of another bind comes between. One that fails nevertheless is
     * waited for only for a moment.
     */
    void goOnUntilBound() throws KernelException {
        goOn();
        long start = System.nanoTime();
        for (long passed = 0; passed < MOST_NANOS && !BindTrial.isBound(fd); passed = System.nanoTime() - start) {
            pause(passed);
        }
    }

    /** A bind takes a few microseconds, a nap takes at least 60. */
    private static void pause(long passed) {
        if (passed < SPIN_NANOS) {
            Thread.onSpinWait();
        } else {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    @Override
    public void close() {
        fd.close();
        caller.close();
        goOn();
    }
}
