package lastack.remedy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import lastack.kernel.process.ProcStat;
import lastack.model.Owner;
import lastack.model.ProcessId;
import lastack.model.TcpSocket;

/**
 * lastack's own process, its ancestors, and the connection its user is logged in through.
 *
 * <p>That connection is the one named by {@code SSH_CONNECTION} in the environment of lastack or an ancestor (sudo removes
 * it from lastack's own). Under tmux or screen that may be an earlier login, so every connection a login server holds counts.
 */
final class OwnSession {
    private static final List<String> LOGIN_SERVERS =
            List.of("sshd", "dropbear", "telnetd", "in.telnetd", "mosh-server");

    private final long self = ProcessHandle.current().pid();
    private final Set<ProcessId> processes = new HashSet<>();
    private final Set<SshConnection> connections = new HashSet<>();

    private OwnSession() {}

    /** Walks up the process tree; an ancestor that cannot be read ends the walk. */
    static OwnSession find() {
        OwnSession session = new OwnSession();
        int pid = (int) session.self;
        try {
            while (pid > 1) {
                ProcStat stat = ProcStat.read(pid);
                session.add(pid, stat);
                pid = stat.parent();
            }
        } catch (IOException e) {
            return session;
        }
        return session;
    }

    private void add(int pid, ProcStat stat) {
        ProcessId process = new ProcessId(pid, stat.startTime());
        processes.add(process);
        for (String variable : environment(pid)) {
            SshConnection.parse(variable).ifPresent(connections::add);
        }
    }

    private static List<String> environment(int pid) {
        try {
            byte[] bytes = Files.readAllBytes(Path.of("/proc/" + pid + "/environ"));
            return List.of(new String(bytes, StandardCharsets.ISO_8859_1).split("\0", -1));
        } catch (IOException e) {
            return new ArrayList<>();
        }
    }

    /** Whether the process is lastack or one of its ancestors. */
    boolean includes(ProcessId process) {
        return processes.contains(process);
    }

    /** Whether lastack itself holds the socket. */
    boolean holds(TcpSocket socket) {
        for (Owner owner : socket.owners()) {
            if (owner.pid() == self) {
                return true;
            }
        }
        return false;
    }

    /** Whether the user is logged in through the socket, as far as the environment tells. */
    boolean isLogin(TcpSocket socket) {
        for (SshConnection connection : connections) {
            if (connection.isOneEndOf(socket)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a login server holds the socket, so that the user may be logged in through it. */
    static boolean mayBeLogin(TcpSocket socket) {
        for (Owner owner : socket.owners()) {
            if (isLoginServer(owner.comm())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isLoginServer(String name) {
        for (String server : LOGIN_SERVERS) {
            if (name.startsWith(server)) {
                return true;
            }
        }
        return false;
    }
}
