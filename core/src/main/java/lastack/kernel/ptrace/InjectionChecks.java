package lastack.kernel.ptrace;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lastack.kernel.Errno;
import lastack.kernel.KernelException;
import lastack.kernel.Machine;
import lastack.kernel.process.Privileges;
import lastack.kernel.process.ProcStat;
import lastack.model.ProcessId;

/** What speaks against injecting into a process, found out without touching it. */
final class InjectionChecks {
    private static final int INIT = 1;

    /** Byte 4 of an ELF file, {@code EI_CLASS}. */
    private static final int ELF_CLASS = 4;

    private static final int ELFCLASS32 = 1;
    private static final Pattern OPEN_FILES = Pattern.compile("^Max open files +(\\d+)", Pattern.MULTILINE);

    private InjectionChecks() {}

    /** Refuses by machine and pid alone. */
    static void refuseByNumber(Machine machine, int pid, long own) throws InjectionRefusedException {
        if (machine != Machine.X86_64) {
            throw new InjectionRefusedException("injection is only implemented for x86-64, not " + machine);
        }
        if (pid == own) {
            throw new InjectionRefusedException("pid " + pid + " is lastack itself, and cannot trace itself");
        }
        if (pid == INIT) {
            throw new InjectionRefusedException("pid 1 keeps this system or container up, and is left alone");
        }
    }

    /** Refuses by what {@code /proc} says about the process; says nothing when it has ended. */
    static void refuseByProc(int pid, int fd, boolean park, long own)
            throws InjectionRefusedException, KernelException {
        int tid = liveThread(pid);
        try {
            refuseChild(pid, own);
            refuseTraced(pid, tid);
            refuse32Bit(pid, tid);
            if (park) {
                refuseAboveLimit(pid, tid, fd);
            }
        } catch (AccessDeniedException e) {
            throw new InjectionRefusedException("pid " + pid + " may not be looked at: " + e.getMessage()
                    + " is denied; it takes the same user, or CAP_SYS_PTRACE");
        } catch (IOException e) {
            throw new KernelException("read", "/proc/" + pid, Errno.ESRCH);
        }
    }

    /** Refuses a seccomp filter that could not be suspended. */
    static void refuseFiltered(int pid, Privileges own) throws InjectionRefusedException, KernelException {
        try {
            boolean filtered = ProcStatus.read(pid, liveThread(pid)).seccomp() != 0;
            if (filtered && !own.has(Privileges.CAP_SYS_ADMIN)) {
                throw new InjectionRefusedException("pid " + pid
                        + " runs under a seccomp filter, which could kill it for a call it does not expect;"
                        + " suspending the filter takes CAP_SYS_ADMIN");
            }
        } catch (IOException e) {
            throw new KernelException("read", "/proc/" + pid, Errno.ESRCH);
        }
    }

    private static void refuseChild(int pid, long own) throws InjectionRefusedException, IOException {
        if (ProcStat.read(pid).parent() == own) {
            // The JVM waits for its children on a thread of its own, and wait(2) would hand that one the stops.
            throw new InjectionRefusedException("pid " + pid
                    + " was started by lastack itself, which would take its stop for its end; use another lastack");
        }
    }

    private static void refuseTraced(int pid, int tid) throws InjectionRefusedException, IOException {
        int tracer = ProcStatus.read(pid, tid).tracer();
        if (tracer != 0) {
            throw new InjectionRefusedException(Permission.traced(pid, tracer));
        }
    }

    private static void refuse32Bit(int pid, int tid) throws InjectionRefusedException {
        if (is32Bit(Path.of("/proc/" + pid + "/task/" + tid + "/exe"))) {
            throw new InjectionRefusedException(
                    "pid " + pid + " runs a 32-bit program; only 64-bit ones are supported");
        }
    }

    /** A number above the limit can be closed, but nothing can be put in its place. */
    private static void refuseAboveLimit(int pid, int tid, int fd) throws InjectionRefusedException, IOException {
        Path limits = Path.of("/proc/" + pid + "/task/" + tid + "/limits");
        long limit = openFiles(Files.readString(limits, StandardCharsets.US_ASCII));
        if (fd >= limit) {
            throw new InjectionRefusedException("fd " + fd + " of pid " + pid + " is above its limit of " + limit
                    + " open files, so nothing can be put in its place; close it instead");
        }
    }

    /** The process's first thread that has not ended; its leader may have, and then shows neither files nor memory. */
    static int liveThread(int pid) throws KernelException, InjectionRefusedException {
        int[] found = {0};
        try (TaskList tasks = TaskList.open(pid)) {
            tasks.forEach(tid -> {
                if (found[0] == 0 && runs(tid)) {
                    found[0] = tid;
                }
            });
        }
        if (found[0] == 0) {
            throw new KernelException("getdents64", "/proc/" + pid + "/task", Errno.ESRCH);
        }
        return found[0];
    }

    private static boolean runs(int tid) {
        int state = ProcStat.state(tid).orElse('X');
        return state != 'Z' && state != 'X';
    }

    /** Whether any thread of exactly this process has not ended. */
    static boolean isAlive(ProcessId process) {
        try {
            return ProcStat.startTime(process.pid()) == process.startTime() && liveThread(process.pid()) != 0;
        } catch (KernelException | InjectionRefusedException e) {
            return false;
        }
    }

    static long openFiles(String limits) {
        Matcher line = OPEN_FILES.matcher(limits);
        return line.find() ? Long.parseLong(line.group(1)) : Long.MAX_VALUE;
    }

    static boolean is32Bit(Path executable) {
        try (InputStream file = Files.newInputStream(executable)) {
            byte[] start = file.readNBytes(ELF_CLASS + 1);
            return start.length > ELF_CLASS && start[ELF_CLASS] == ELFCLASS32;
        } catch (IOException e) {
            // Not to be seen: the registers will tell.
            return false;
        }
    }
}
