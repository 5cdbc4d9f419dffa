package lastack.remedy;

import java.util.Optional;
import lastack.kernel.Errno;
import lastack.kernel.KernelException;
import lastack.kernel.SocketFd;
import lastack.kernel.process.Privileges;
import lastack.model.TcpSocket;
import org.jspecify.annotations.Nullable;

/** Other programs' sockets in the hands of the rest of lastack, with the protection and the proof every removal has. */
public final class SocketAccess {
    private final Privileges privileges = Privileges.own();
    private final Protection protection;

    /**
     * Access to sockets.
     *
     * @param listeners whether listeners may be touched
     * @param mySession whether the connection the user is logged in through may be touched
     */
    public SocketAccess(boolean listeners, boolean mySession) {
        this.protection = new Protection(OwnSession.find(), listeners, mySession);
    }

    /** What to do with a duplicate of a descriptor. */
    @SuppressWarnings("exports") // Of no use outside this module, which does not export the type.
    public interface Action {
        /** Does it. */
        void on(SocketFd duplicate) throws KernelException;
    }

    /** What came of an attempt to act. */
    public sealed interface Answer {
        /**
         * It was done.
         *
         * @param how through whose descriptor
         */
        record Done(String how) implements Answer {}

        /** Nobody holds it any more. */
        record Gone() implements Answer {}

        /**
         * It was not done.
         *
         * @param why the reason, as the rest of a sentence
         * @param hint what would help, or null
         * @param error the error's name, or null
         * @param lacksPermission whether more rights would help
         * @param isProtected whether that is lastack's own care, and not the kernel's answer
         */
        record Denied(
                String why, @Nullable String hint, @Nullable String error, boolean lacksPermission, boolean isProtected)
                implements Answer {}
    }

    /** Why the socket is left alone, or nothing when it may be touched. */
    public Optional<Answer.Denied> protects(TcpSocket socket) {
        return protection.of(socket).map(kept -> new Answer.Denied(kept.why(), kept.hint(), null, false, true));
    }

    /** Acts on a duplicate of an owner's descriptor that has proved to be this very socket. */
    public Answer act(TcpSocket socket, String how, Action action) {
        Optional<Answer.Denied> kept = protects(socket);
        if (kept.isPresent()) {
            return kept.get();
        }
        Target target = new Target(socket, privileges);
        return switch (target.reachable()) {
            case Suitability.Unfit(String why, boolean lacksPermission) ->
                new Answer.Denied(why, null, lacksPermission ? Errno.EPERM.name() : null, lacksPermission, false);
            case Suitability.Fits _ -> attempt(target, how, action);
        };
    }

    private static Answer attempt(Target target, String how, Action action) {
        try {
            return switch (Duplicate.act(target, how, action::on)) {
                case Act.Done done -> new Answer.Done(done.how());
                case Act.NothingLeft _ -> new Answer.Gone();
                case Act.Refused refused ->
                    new Answer.Denied(refused.why(), refused.hint(), refused.error(), refused.lacksPermission(), false);
            };
        } catch (KernelException e) {
            boolean forbidden = e.is(Errno.EPERM) || e.is(Errno.EACCES) || e.is(Errno.ENOSYS);
            String hint = e.is(Errno.ENOSYS)
                    ? "this kernel is too old for " + e.call()
                    : "needs the owner's user or CAP_SYS_PTRACE";
            return new Answer.Denied(
                    String.valueOf(e.getMessage()),
                    forbidden ? hint : null,
                    e.errno().name(),
                    forbidden,
                    false);
        }
    }
}
