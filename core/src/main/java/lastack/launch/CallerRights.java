package lastack.launch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import lastack.kernel.Errno;
import lastack.kernel.KernelException;
import lastack.kernel.NetNs;
import lastack.kernel.process.Privileges;
import lastack.kernel.seccomp.Caller;
import lastack.model.TcpSocket;

/**
 * What a program whose bind waits may do by itself: lastack, often with more rights, must not do more for it.
 *
 * @param privileges its own
 * @param sameUsers whether its user namespace is lastack's; in another, its capabilities say nothing here
 */
record CallerRights(Privileges privileges, boolean sameUsers) {
    private static final int FIRST_UNPRIVILEGED = 1024;

    /** Reads them; the thread must still wait afterwards. */
    static CallerRights of(Caller caller) throws KernelException {
        Path folder = Path.of("/proc", Integer.toString(caller.tid()));
        try {
            String status = Files.readString(folder.resolve("status"), StandardCharsets.ISO_8859_1);
            Path users = Files.readSymbolicLink(folder.resolve("ns/user"));
            boolean same = users.equals(Files.readSymbolicLink(Path.of("/proc/self/ns/user")));
            return new CallerRights(Privileges.parse(status), same);
        } catch (IOException e) {
            throw new KernelException("read", folder + "/status", Errno.ESRCH);
        }
    }

    /** Whether it may bind a port in the network namespace of the calling thread. */
    boolean mayBind(int port) {
        return port >= NetNs.setting("ip_unprivileged_port_start", FIRST_UNPRIVILEGED)
                || (sameUsers && privileges.has(Privileges.CAP_NET_BIND_SERVICE));
    }

    /** Whether a socket may be removed for it: it is its user's or nobody's, or the program is as privileged as lastack. */
    boolean mayRemove(TcpSocket socket, Privileges own) {
        boolean sameUser = sameUsers && privileges.uid() == own.uid();
        boolean asPrivileged = sameUser && (own.capabilities() & ~privileges.capabilities()) == 0;
        return asPrivileged || socket.orphan() || (sameUsers && socket.uid() == privileges.uid());
    }
}
