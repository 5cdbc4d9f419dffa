package lastack.launch;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import lastack.kernel.KernelException;
import lastack.kernel.process.Detachment;
import lastack.kernel.process.Pidfd;
import lastack.kernel.seccomp.NotifyListener;
import lastack.kernel.seccomp.SeccompNotif;
import lastack.kernel.seccomp.SocketCall;
import lastack.model.ProcessId;
import lastack.model.UnavailableException;
import lastack.options.ReuseAddress;
import lastack.options.SocketOption;
import org.jspecify.annotations.Nullable;

/** Answers the socket calls of a program and of all its descendants until the last of them has ended. */
public final class Supervision {
    /** How many binds can be held at a time; any more go on at once. */
    private static final int MOST_HELD = 256;

    private static final int IDLE_SECONDS = 10;
    private static final ReuseAddress REUSE = new ReuseAddress(true);

    private final NotifyListener listener;
    private final ForcedOptions forced;
    private final StandardError stderr;
    private final Deadlines deadlines = new Deadlines();
    private final Turns turns = new Turns();
    private final Executor holding = new ThreadPoolExecutor(
            0,
            MOST_HELD,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Thread.ofPlatform().daemon().factory());

    private Supervision(NotifyListener listener, ForcedOptions forced, StandardError stderr) {
        this.listener = listener;
        this.forced = forced;
        this.stderr = stderr;
    }

    /**
     * Takes over the answering.
     *
     * @param handle as from {@link Launch#handle}
     * @param stderr where the program was told to write its errors
     * @throws UnavailableException where this process may not look into the program
     */
    public static Supervision of(String handle, ForcedOptions forced, StandardError stderr)
            throws UnavailableException {
        String[] parts = handle.split(":", 3);
        ProcessId launch = new ProcessId(Integer.parseInt(parts[0]), Long.parseLong(parts[1]));
        try (Pidfd pidfd = Pidfd.open(launch)) {
            NotifyListener listener = new NotifyListener(pidfd.duplicate(Integer.parseInt(parts[2])));
            return new Supervision(listener, forced, stderr);
        } catch (KernelException e) {
            throw new UnavailableException(
                    "looking into the program",
                    String.valueOf(e.getMessage()),
                    "run as root or with CAP_SYS_PTRACE; without, kernel.yama.ptrace_scope must be 0");
        }
    }

    /** One that says nothing. */
    static Supervision answering(NotifyListener listener, ForcedOptions forced) {
        return new Supervision(listener, forced, StandardError.of(""));
    }

    /** Does everything once that answering will take, so that the program need not wait for it. */
    public static void rehearse(ForcedOptions forced) throws UnavailableException {
        Rehearsal.play(forced);
    }

    /** Leaves terminal and session, and lets go of the standard descriptors: others wait for their end. */
    public void detach() throws UnavailableException {
        try {
            Detachment.carryOut();
        } catch (KernelException e) {
            throw new UnavailableException("supervising", String.valueOf(e.getMessage()), "see lastack doctor");
        }
    }

    /** Answers until nobody is left who could ask. */
    public void run() throws UnavailableException {
        try {
            for (SeccompNotif notif = listener.next(); notif != null; notif = listener.next()) {
                answer(notif);
            }
        } catch (KernelException e) {
            throw new UnavailableException("supervising", String.valueOf(e.getMessage()), "start the program anew");
        }
    }

    /** Whatever happens, the call goes on in the end, and the next is answered. */
    private void answer(SeccompNotif notif) {
        try {
            treat(notif);
        } catch (RuntimeException | OutOfMemoryError e) {
            listener.proceed(notif);
        }
    }

    private void treat(SeccompNotif notif) {
        HeldCall call = look(notif);
        if (call == null) {
            listener.proceed(notif);
        } else if (call.kind() == SocketCall.BIND && !(forced.bind() instanceof BindPolicy.Reuse)) {
            hold(call);
        } else {
            setOptions(call);
        }
    }

    /**
     * Null where there is nothing to do, also where the program made a mistake of its own (no such descriptor, no such
     * memory), has ended, or has made itself unreadable to its own user: then it gets the kernel's own answer.
     */
    private @Nullable HeldCall look(SeccompNotif notif) {
        try {
            return HeldCall.of(listener, notif);
        } catch (KernelException e) {
            return null;
        }
    }

    private void setOptions(HeldCall call) {
        try (call) {
            if (call.kind() == SocketCall.BIND) {
                set(call, REUSE);
            } else {
                forced.options().forEach(option -> set(call, option));
            }
        }
    }

    private void set(HeldCall call, SocketOption option) {
        try {
            option.apply(call.socket());
        } catch (KernelException e) {
            stderr.sayOnce(call.caller(), "an option could not be set: " + e.getMessage());
        }
    }

    /** Most binds find their port free and go on at once. Each that has to wait is held on a thread of its own, and the others go on. */
    private void hold(HeldCall call) {
        BindSite site = site(call);
        if (site == null || goesOnAtOnce(call, site)) {
            end(call, site);
        } else {
            holdElsewhere(call, site);
        }
    }

    private @Nullable BindSite site(HeldCall call) {
        try {
            return BindSite.of(call);
        } catch (KernelException | UnavailableException | RuntimeException e) {
            sayUntouched(call, e);
            return null;
        }
    }

    /** Also where it cannot be found out whether the port is free. */
    private boolean goesOnAtOnce(HeldCall call, BindSite site) {
        try (Turns.Turn turn = turns.takeNow(site.place())) {
            return turn != null && site.goesOnUnlessTaken(() -> {});
        } catch (KernelException | UnavailableException | RuntimeException e) {
            sayUntouched(call, e);
            return true;
        }
    }

    private static void end(HeldCall call, @Nullable BindSite site) {
        if (site != null) {
            site.close();
        }
        call.close();
    }

    private void holdElsewhere(HeldCall call, BindSite site) {
        try {
            holding.execute(() -> treat(call, site));
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            stderr.sayOnce(call.caller(), "bind goes on untouched: too many are held already");
            end(call, site);
        }
    }

    private void treat(HeldCall call, BindSite site) {
        try {
            switch (forced.bind()) {
                case BindPolicy.Wait(var patience) ->
                    new BindWait(call, site, turns, stderr).until(patience, deadlines);
                case BindPolicy.Evict() -> new Eviction(call, site, turns, stderr).carryOut();
                case BindPolicy.Reuse(), BindPolicy.Untouched() -> {}
            }
        } catch (KernelException | UnavailableException | RuntimeException e) {
            sayUntouched(call, e);
        } finally {
            end(call, site);
        }
    }

    private void sayUntouched(HeldCall call, Exception e) {
        stderr.sayOnce(call.caller(), "bind goes on untouched: " + e.getMessage());
    }
}
