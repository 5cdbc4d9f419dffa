package lastack.launch;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import lastack.kernel.Errno;
import lastack.kernel.KernelException;
import lastack.kernel.process.OtherProgram;
import lastack.kernel.process.Privileges;
import lastack.kernel.process.ProcStat;
import lastack.kernel.process.SignalState;
import lastack.kernel.seccomp.Seccomp;
import lastack.model.UnavailableException;

/**
 * This process on its way to become another program, whose socket calls a {@link Supervision} in another process answers.
 *
 * <p>One thread gets the filter and later becomes the program; lastack's other threads never have it (docs/decisions/0014).
 */
public final class Launch {
    private static final byte[] SHELL = "/bin/sh".getBytes(StandardCharsets.ISO_8859_1);

    private final ExecutorService filtered =
            Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());
    private final boolean withoutNewPrivileges = !Privileges.own().has(Privileges.CAP_SYS_ADMIN);
    private final int listener;

    private Launch(ForcedOptions forced) throws UnavailableException {
        this.listener = onFilteredThread(() -> install(forced, withoutNewPrivileges));
    }

    /**
     * Installs the filter. From now on this process must either become the program or end.
     *
     * @throws UnavailableException where the kernel or a sandbox does not allow it
     */
    public static Launch prepare(ForcedOptions forced) throws UnavailableException {
        return new Launch(forced);
    }

    private static int install(ForcedOptions forced, boolean withoutNewPrivileges) throws UnavailableException {
        try {
            Seccomp.probe();
            if (withoutNewPrivileges) {
                Seccomp.noNewPrivileges();
            }
            return Seccomp.install(forced.calls());
        } catch (KernelException e) {
            throw new UnavailableException("seccomp user notification", String.valueOf(e.getMessage()), remedy(e));
        }
    }

    private static String remedy(KernelException e) {
        if (e.is(Errno.EBUSY)) {
            return "this already runs below such a filter, of another lastack run or of a container; the kernel takes only one";
        }
        return e.is(Errno.EPERM) || e.is(Errno.EACCES)
                ? "a sandbox forbids seccomp here; run lastack outside of it"
                : "needs Linux 5.0 with CONFIG_SECCOMP_FILTER; see lastack doctor";
    }

    /** Whether set-user-ID programs gain no rights below it: what a filter costs without {@code CAP_SYS_ADMIN}. */
    public boolean withoutNewPrivileges() {
        return withoutNewPrivileges;
    }

    /** What the supervising process must know of this one: {@code PID:START:LISTENER}. */
    public String handle() {
        int pid = (int) ProcessHandle.current().pid();
        return pid + ":" + ProcStat.startTime(pid) + ":" + listener;
    }

    /** Whether this looks like a handle. */
    public static boolean isHandle(String text) {
        return text.matches("\\d{1,9}:\\d{1,18}:\\d{1,9}");
    }

    /** Becomes the program; returns only when that failed. */
    public NotStarted become(Command command) throws UnavailableException {
        return onFilteredThread(() -> attempt(command));
    }

    /** As execvp(3) does it: the next folder is tried only where there is nothing to be run in this one. */
    private static NotStarted attempt(Command command) {
        Errno reason = Errno.ENOENT;
        for (byte[] file : command.files()) {
            Errno errno = exec(command, file);
            if (errno.equals(Errno.ENOEXEC)) {
                errno = exec(command.asShellScript(file), SHELL);
            }
            boolean missing = errno.equals(Errno.ENOENT) || errno.equals(Errno.ENOTDIR);
            reason = missing ? reason : errno;
            if (!missing && !errno.equals(Errno.EACCES)) {
                break;
            }
        }
        return new NotStarted(command.name(), reason.name(), !reason.equals(Errno.ENOENT));
    }

    private static Errno exec(Command command, byte[] file) {
        SignalState signals = new SignalState(command.blockedSignals(), command.ignoredSignals());
        try {
            new OtherProgram(command.words(), command.environment(), signals).become(file);
            throw new AssertionError("execve does not return");
        } catch (KernelException e) {
            return e.errno();
        }
    }

    private <T> T onFilteredThread(Callable<T> work) throws UnavailableException {
        try {
            return filtered.submit(work).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnavailableException unavailable) {
                throw unavailable;
            }
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
