package lastack.remedy;

import lastack.kernel.Errno;
import lastack.kernel.KernelException;

/** Turns the kernel's refusal of a method into words a user can act on. */
final class Refusals {
    private Refusals() {}

    static Act.Refused explain(Method method, KernelException e) {
        boolean lacksPermission =
                e.is(Errno.EPERM) || e.is(Errno.EACCES) || e.is(Errno.EOPNOTSUPP) || e.is(Errno.ENOSYS);
        return new Act.Refused(e.errno().name(), String.valueOf(e.getMessage()), hint(method, e), lacksPermission);
    }

    private static String hint(Method method, KernelException e) {
        if (method == Method.RESET && (e.is(Errno.EAFNOSUPPORT) || e.is(Errno.EPROTONOSUPPORT))) {
            return "this kernel lacks CONFIG_PACKET; try --by destroy";
        }
        if (e.is(Errno.EOPNOTSUPP)) {
            return "this kernel lacks CONFIG_INET_DIAG_DESTROY, or is too old for this state; try --by disconnect";
        }
        if (e.is(Errno.ENOSYS)) {
            return "this kernel is too old for " + e.call() + "; try --by destroy";
        }
        if (e.is(Errno.EPERM) || e.is(Errno.EACCES)) {
            return switch (method) {
                case DESTROY -> "needs CAP_NET_ADMIN in the socket's network namespace";
                case RESET ->
                    "needs CAP_NET_RAW in the socket's network namespace, and no firewall rule that drops the packet";
                case VANISH -> "needs CAP_NET_ADMIN, and the owner's user or CAP_SYS_PTRACE";
                case SHUTDOWN, DISCONNECT, PARK, FD, JVM -> "needs the owner's user or CAP_SYS_PTRACE";
                case TERM, KILL -> "needs the owner's user or CAP_KILL";
            };
        }
        return "see what this host allows: lastack doctor";
    }
}
