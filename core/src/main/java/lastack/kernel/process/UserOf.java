package lastack.kernel.process;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import lastack.kernel.Kernel;
import lastack.kernel.KernelException;
import lastack.kernel.Syscall;

/**
 * The user a process runs as, whom a thread of lastack can become: then nothing it does in that user's files can reach further than
 * that user could. Users are a matter of each thread in the kernel ({@code credentials(7)}); libc alone keeps all the same.
 *
 * @param uid its effective user id, as seen from here
 * @param gid its effective group id
 */
public record UserOf(int uid, int gid) {
    private static final int PR_SET_KEEPCAPS = 8;
    private static final int CAPABILITY_VERSION_3 = 0x20080522;

    /** {@code struct __user_cap_header_struct}: version, pid. */
    private static final int HEADER_BYTES = 8;

    /** Twice {@code struct __user_cap_data_struct}: effective, permitted, inheritable. */
    private static final int DATA_BYTES = 24;

    /** Reads it. */
    public static UserOf process(int pid) throws IOException {
        String status = Files.readString(Path.of("/proc/" + pid + "/status"), StandardCharsets.ISO_8859_1);
        return new UserOf(effective(status, "\nUid:"), effective(status, "\nGid:"));
    }

    private static int effective(String status, String name) {
        int start = status.indexOf(name) + name.length();
        String line = status.substring(start, status.indexOf('\n', start)).trim();
        return Integer.parseUnsignedInt(line.split("\\s+", 3)[1]);
    }

    /** Whether a process with these privileges is this user already, or may become it. */
    public boolean isOpenTo(Privileges privileges) {
        return privileges.uid() == uid
                || (privileges.has(Privileges.CAP_SETUID) && privileges.has(Privileges.CAP_SETGID));
    }

    /**
     * Makes the calling platform thread this user, for good; does nothing where it is. Of its capabilities it keeps
     * {@code CAP_SYS_PTRACE}, without which {@code /proc/PID/root} of a process with capabilities of its own stays closed.
     *
     * @throws KernelException EPERM without {@code CAP_SETUID} and {@code CAP_SETGID}
     */
    public void become(Privileges privileges) throws KernelException {
        if (privileges.uid() == uid) {
            return;
        }
        String subject = "uid " + Integer.toUnsignedString(uid);
        Kernel.check(Kernel.call(Syscall.PRCTL, PR_SET_KEEPCAPS, 1), Syscall.PRCTL, "PR_SET_KEEPCAPS");
        Kernel.check(Kernel.call(Syscall.SETGROUPS, 0, 0), Syscall.SETGROUPS, subject);
        Kernel.check(Kernel.call(Syscall.SETRESGID, gid, gid, gid), Syscall.SETRESGID, subject);
        Kernel.check(Kernel.call(Syscall.SETRESUID, uid, uid, uid), Syscall.SETRESUID, subject);
        keepOnly(privileges.capabilities() & (1L << Privileges.CAP_SYS_PTRACE));
    }

    private static void keepOnly(long capabilities) throws KernelException {
        ByteBuffer header = Kernel.memory(HEADER_BYTES).putInt(0, CAPABILITY_VERSION_3);
        ByteBuffer data =
                Kernel.memory(DATA_BYTES).putInt(0, (int) capabilities).putInt(4, (int) capabilities);
        long result = Kernel.call(Syscall.CAPSET, Kernel.address(header), Kernel.address(data));
        Reference.reachabilityFence(header);
        Reference.reachabilityFence(data);
        Kernel.check(result, Syscall.CAPSET, "");
    }
}
