package lastack.remedy;

import lastack.kernel.Errno;
import lastack.kernel.KernelException;
import lastack.kernel.NetNs;
import lastack.kernel.SocketFd;
import lastack.kernel.diag.SockDiag.Extent;
import lastack.kernel.process.Privileges;
import lastack.model.TcpState;
import lastack.model.UnavailableException;
import lastack.sockets.SocketTable;
import org.jspecify.annotations.Nullable;

/**
 * A RST in the peer's name at exactly the number the socket expects next: reaches every connection, held or not, also where the
 * kernel has no {@code SOCK_DESTROY}.
 *
 * <p>Numbers are exact, or nothing is sent: a RST that comes too late falls outside of what a later connection on the same addresses
 * takes for exact, and is not obeyed (RFC 5961, section 3.2).
 */
final class Reset implements Remedy, AutoCloseable {
    /** Traffic may move the number between reading it and the RST; then the socket is still there, and is asked again. */
    private static final int ATTEMPTS = 5;

    private final SocketTable table;
    private final RemovalOptions options;
    private @Nullable Suitability inTimeWait;
    private @Nullable Ear ear;

    Reset(SocketTable table, RemovalOptions options) {
        this.table = table;
        this.options = options;
    }

    @Override
    public Method method() {
        return Method.RESET;
    }

    @Override
    public Suitability fits(Target target) {
        return switch (target.socket().state()) {
            case LISTEN -> Suitability.unfit("a listener has no peer in whose name it could be reset");
            case CLOSED, BOUND_INACTIVE -> Suitability.unfit(Suitability.NO_CONNECTION);
            default -> permitted(target);
        };
    }

    private Suitability permitted(Target target) {
        if (!target.privileges().has(Privileges.CAP_NET_RAW)) {
            return Suitability.notPermitted("raw and packet sockets need CAP_NET_RAW");
        }
        return target.socket().state() == TcpState.TIME_WAIT ? inTimeWait() : Suitability.FITS;
    }

    /** Read once, when the first TIME-WAIT comes up. */
    private Suitability inTimeWait() {
        if (inTimeWait == null) {
            inTimeWait = byRfc1337();
        }
        return inTimeWait;
    }

    private Suitability byRfc1337() {
        try {
            return table.inside(() -> NetNs.setting("tcp_rfc1337", 0)) == 0
                    ? Suitability.FITS
                    : Suitability.unfit(
                            "net.ipv4.tcp_rfc1337 is 1: TIME-WAIT ignores a RST here, only destroy will do");
        } catch (UnavailableException e) {
            Act.Refused notEntered = notEntered(e);
            return new Suitability.Unfit(notEntered.why(), notEntered.lacksPermission());
        }
    }

    private static Act.Refused notEntered(UnavailableException e) {
        if (e.getCause() instanceof KernelException cause) {
            boolean forbidden = cause.is(Errno.EPERM) || cause.is(Errno.EACCES);
            return new Act.Refused(
                    cause.errno().name(),
                    String.valueOf(e.getMessage()),
                    "run lastack inside that namespace",
                    forbidden);
        }
        return new Act.Refused(null, String.valueOf(e.getMessage()), "look again", false);
    }

    @Override
    public Act apply(Target target) throws KernelException {
        try {
            return table.inside(() -> resetHere(target));
        } catch (UnavailableException e) {
            return notEntered(e);
        }
    }

    /** In the socket's network namespace; whose cookie is on the addresses is looked at last of all. */
    private Act resetHere(Target target) {
        try (Voice voice = Voice.about(target.socket(), options.bothEnds())) {
            Act held = mayRepair(target) ? resetHeld(target, voice) : new Act.NothingLeft();
            if (!(held instanceof Act.NothingLeft) || !isThere(target)) {
                return held;
            }
            return new Question(table.diag(), target.socket(), voice, ear()).resetByAnswer();
        } catch (KernelException e) {
            return Refusals.explain(method(), e);
        }
    }

    private Ear ear() {
        if (ear == null) {
            ear = new Ear(options.patience());
        }
        return ear;
    }

    private static boolean mayRepair(Target target) {
        return target.privileges().has(Privileges.CAP_NET_ADMIN) && target.reachable() instanceof Suitability.Fits;
    }

    /** Without a question: the numbers of a held socket can be read. */
    private Act resetHeld(Target target, Voice voice) throws KernelException {
        Act act = new Act.NothingLeft();
        for (int attempt = 0; attempt < ATTEMPTS && (attempt == 0 || isThere(target)); attempt++) {
            act = attempt(target, voice);
        }
        return act;
    }

    /** Where reading is not permitted after all, asking may be. */
    private static Act attempt(Target target, Voice voice) throws KernelException {
        try {
            return Duplicate.act(target, "reset at the number read", duplicate -> {
                SocketFd.Sequences numbers = duplicate.sequences();
                voice.reset(numbers.sendNext(), numbers.receiveNext());
            });
        } catch (KernelException e) {
            if (e.is(Errno.EPERM) || e.is(Errno.ENOSYS)) {
                return new Act.NothingLeft();
            }
            throw e;
        }
    }

    private boolean isThere(Target target) throws KernelException {
        return table.diag().find(target.socket().id(), Extent.PLAIN, message -> {});
    }

    /** Hears no more; a later use listens anew. */
    @Override
    public void close() {
        if (ear != null) {
            ear.close();
            ear = null;
        }
    }
}
