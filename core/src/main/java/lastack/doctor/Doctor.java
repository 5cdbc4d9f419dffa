package lastack.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import lastack.filter.Filter;
import lastack.forwarded.ForwardedTable;
import lastack.kernel.Errno;
import lastack.kernel.Fd;
import lastack.kernel.KernelException;
import lastack.kernel.Machine;
import lastack.kernel.packet.FourTuple;
import lastack.kernel.packet.PacketSocket;
import lastack.kernel.packet.RawSocket;
import lastack.kernel.process.Pidfd;
import lastack.kernel.process.Privileges;
import lastack.kernel.process.ProcStat;
import lastack.kernel.seccomp.Seccomp;
import lastack.live.StateChanges;
import lastack.model.Family;
import lastack.model.IpAddress;
import lastack.model.ProcessId;
import lastack.model.UnavailableException;
import lastack.sockets.SocketTable;

/** Looks at what this kernel and these privileges allow, by trying wherever trying is harmless. */
public final class Doctor {
    /** The ability nothing works without. */
    public static final String LISTING = "list sockets (sock_diag)";

    private static final String AS_ROOT = "run as root, or with ";

    /** The map of the initial user namespace; a kernel without user namespaces has no such file. */
    private static final String EVERY_USER = "0 0 4294967295";

    private final Privileges privileges = Privileges.own();
    private final boolean reachesEverything = mapsEveryUser(read(Path.of("/proc/self/uid_map"), EVERY_USER));

    private Doctor() {}

    /** Everything lastack needs, most important first. */
    public static List<Finding> examine() {
        return new Doctor().findings();
    }

    private List<Finding> findings() {
        return List.of(
                kernel(),
                listing(),
                owners(),
                duplicating(),
                destroying(),
                resetting(),
                vanishing(),
                injecting(),
                signalling(),
                running(),
                namespaces(),
                watching(),
                forwarding());
    }

    private static Finding kernel() {
        String release = read(Path.of("/proc/sys/kernel/osrelease"), "unknown");
        return Finding.ok("kernel", "Linux " + release + ", " + System.getProperty("os.arch"));
    }

    private static Finding listing() {
        try (SocketTable table = SocketTable.open()) {
            return Finding.ok(
                    LISTING, "answers in network namespace " + table.namespace().label());
        } catch (UnavailableException e) {
            return Finding.missing(LISTING, String.valueOf(e.getMessage()), "nothing works without it");
        }
    }

    private Finding owners() {
        String ability = "see who holds them (/proc/PID/fd)";
        return privileges.seesAllDescriptors()
                ? everywhere(ability, "of every process")
                : Finding.limited(
                        ability,
                        "only of processes of uid " + privileges.uid(),
                        AS_ROOT + "CAP_SYS_PTRACE and CAP_DAC_READ_SEARCH");
    }

    private Finding duplicating() {
        String ability = "shutdown, disconnect (pidfd_getfd)";
        try {
            duplicateOwnDescriptor();
        } catch (KernelException e) {
            return Finding.missing(ability, String.valueOf(e.getMessage()), "needs Linux 5.6; use --by destroy");
        }
        return reaching(ability);
    }

    private static void duplicateOwnDescriptor() throws KernelException {
        int pid = (int) ProcessHandle.current().pid();
        try (Fd root = Fd.open("/", Fd.READ_ONLY);
                Pidfd self = Pidfd.open(new ProcessId(pid, ProcStat.startTime(pid)));
                Fd duplicate = self.duplicate(root.number())) {
            assert duplicate.number() >= 0;
        }
    }

    /** Acts inside other processes take the same user or the capability. */
    private Finding reaching(String ability) {
        return privileges.has(Privileges.CAP_SYS_PTRACE)
                ? everywhere(ability, "on sockets of every process")
                : Finding.limited(
                        ability, "only on sockets of processes of uid " + privileges.uid(), AS_ROOT + "CAP_SYS_PTRACE");
    }

    private Finding destroying() {
        String ability = "destroy (SOCK_DESTROY)";
        if (!privileges.has(Privileges.CAP_NET_ADMIN)) {
            return Finding.missing(ability, "EPERM", AS_ROOT + "CAP_NET_ADMIN");
        }
        try {
            DestroyProbe.destroyOwnConnection();
            return Finding.ok(ability, "a loopback connection of lastack's own was destroyed");
        } catch (KernelException e) {
            String remedy = e.is(Errno.EOPNOTSUPP)
                    ? "this kernel lacks CONFIG_INET_DIAG_DESTROY; --by disconnect does the same to held sockets"
                    : AS_ROOT + "CAP_NET_ADMIN in this network namespace";
            return Finding.missing(ability, e.errno().name(), remedy);
        } catch (IOException e) {
            return Finding.limited(ability, "could not be tried: " + e.getMessage(), "bring the loopback up");
        }
    }

    private static Finding resetting() {
        String ability = "reset (raw and packet sockets)";
        FourTuple nobodys = new FourTuple(IpAddress.ANY_V4, 0, IpAddress.ANY_V4, 0);
        try (PacketSocket capture =
                        PacketSocket.open(nobodys, PacketSocket.Direction.SENT, PacketSocket.EVERY_INTERFACE);
                RawSocket sender = RawSocket.open(nobodys, 0, 0)) {
            assert capture != null && sender != null;
            return Finding.ok(ability, "may be opened; by --by reset without SOCK_DESTROY too");
        } catch (KernelException e) {
            String remedy = e.is(Errno.EPERM)
                    ? AS_ROOT + "CAP_NET_RAW"
                    : "this kernel lacks CONFIG_PACKET; --by destroy does without packets";
            return Finding.missing(ability, e.errno().name(), remedy);
        }
    }

    private Finding vanishing() {
        String ability = "vanish (TCP_REPAIR)";
        return privileges.has(Privileges.CAP_NET_ADMIN)
                ? reaching(ability)
                : Finding.missing(ability, "EPERM", AS_ROOT + "CAP_NET_ADMIN");
    }

    private Finding injecting() {
        String ability = "park, fd (ptrace)";
        if (Machine.CURRENT != Machine.X86_64) {
            return Finding.missing(ability, "only known on x86-64", "use --by shutdown, disconnect or destroy");
        }
        String yama = yama();
        boolean forbidden = yama.equals("3") || (!yama.equals("0") && !privileges.has(Privileges.CAP_SYS_PTRACE));
        return forbidden
                ? Finding.missing(
                        ability, "kernel.yama.ptrace_scope is " + yama, AS_ROOT + "CAP_SYS_PTRACE, unless it is 3")
                : reaching(ability);
    }

    private Finding signalling() {
        String ability = "term, kill";
        return privileges.has(Privileges.CAP_KILL)
                ? everywhere(ability, "every process")
                : Finding.limited(ability, "only processes of uid " + privileges.uid(), AS_ROOT + "CAP_KILL");
    }

    private Finding running() {
        String ability = "run (seccomp user notification)";
        try {
            Seccomp.probe();
        } catch (KernelException e) {
            return Finding.missing(ability, e.errno().name(), "needs Linux 5.0 with CONFIG_SECCOMP_FILTER");
        }
        if (!privileges.has(Privileges.CAP_SYS_PTRACE) && !yama().equals("0")) {
            return Finding.missing(
                    ability, "kernel.yama.ptrace_scope is " + yama(), AS_ROOT + "CAP_SYS_PTRACE, or set that to 0");
        }
        return privileges.has(Privileges.CAP_SYS_ADMIN)
                ? Finding.ok(ability, "every program")
                : Finding.limited(
                        ability, "set-user-ID programs gain no rights (no_new_privs)", AS_ROOT + "CAP_SYS_ADMIN");
    }

    private static String yama() {
        return read(Path.of("/proc/sys/kernel/yama/ptrace_scope"), "0");
    }

    private Finding namespaces() {
        String ability = "other network namespaces (setns)";
        return privileges.has(Privileges.CAP_SYS_ADMIN)
                ? everywhere(ability, "may be entered")
                : Finding.missing(ability, "may not be entered", AS_ROOT + "CAP_SYS_ADMIN");
    }

    private static Finding watching() {
        String ability = "events as they happen (perf, tracefs)";
        return StateChanges.obstacle()
                .map(gap -> Finding.limited(ability, gap.why(), gap.remedy()))
                .orElseGet(() ->
                        Finding.ok(ability, "the kernel tells of every change of state, in every network namespace"));
    }

    private Finding forwarding() {
        String ability = "connections that pass through (conntrack)";
        try {
            int count = new ForwardedTable("self")
                    .snapshot(Filter.all(), EnumSet.allOf(Family.class))
                    .connections()
                    .size();
            String seen = count + (count == 1 ? " TCP connection" : " TCP connections") + " remembered here";
            return privileges.has(Privileges.CAP_NET_RAW)
                    ? Finding.ok(ability, count > 0 ? seen : seen + "; there are none until a firewall rule needs it")
                    : Finding.limited(ability, seen + ", but none can be cut", AS_ROOT + "CAP_NET_RAW");
        } catch (UnavailableException e) {
            return Finding.missing(ability, String.valueOf(e.getMessage()), "only ls and close --forwarded need it");
        }
    }

    /** A capability inside a user namespace reaches no further than that namespace. */
    private Finding everywhere(String ability, String detail) {
        return reachesEverything
                ? Finding.ok(ability, detail)
                : Finding.limited(
                        ability,
                        "inside a user namespace: only over its own processes and namespaces",
                        "run as root outside of it");
    }

    static boolean mapsEveryUser(String uidMap) {
        return uidMap.trim().replaceAll("\\s+", " ").equals(EVERY_USER);
    }

    private static String read(Path path, String otherwise) {
        try {
            return Files.readString(path, StandardCharsets.ISO_8859_1).trim();
        } catch (IOException e) {
            return otherwise;
        }
    }
}
