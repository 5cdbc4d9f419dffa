package lastack.options;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import lastack.filter.Filter;
import lastack.kernel.KernelException;
import lastack.kernel.SocketFd;
import lastack.model.TcpSocket;
import lastack.model.TcpState;
import lastack.model.UnavailableException;
import lastack.options.OptionChange.Outcome;
import lastack.remedy.SocketAccess;
import lastack.remedy.SocketAccess.Answer;
import lastack.sockets.SocketTable;
import org.jspecify.annotations.Nullable;

/**
 * Sets options on sockets that other programs hold, and reads them back.
 *
 * <p>Each socket is looked up again by its cookie just before, and must still match the filter; the duplicate that is acted on
 * must carry that cookie too. A listener hands most options down to what it accepts later, so it takes leave of its own;
 * {@code reuseaddr} is meant for listeners and does not.
 */
public final class OptionSetter {
    private static final String HAS_IT = "it has that value already";
    private static final String LET_GO = "no process it was seen with holds it any more";

    private final SocketTable table;
    private final Filter filter;
    private final List<SocketOption> options;
    private final SocketAccess access;
    private final SocketAccess accessToListeners;

    /**
     * A setter for sockets in the table's namespace.
     *
     * @param filter what was asked for; a socket that stopped matching is left alone
     * @param options what to set, in this order
     * @param listeners whether every option may be set on a listener
     * @param mySession whether the connection the user is logged in through may be touched
     */
    public OptionSetter(
            SocketTable table, Filter filter, List<SocketOption> options, boolean listeners, boolean mySession) {
        this.table = table;
        this.filter = filter;
        this.options = List.copyOf(options);
        this.access = new SocketAccess(listeners, mySession);
        this.accessToListeners = new SocketAccess(true, mySession);
    }

    /** What would be set on a socket, with the values it has now; changes nothing. The socket must carry its owners. */
    public List<OptionChange> preview(TcpSocket socket) {
        List<OptionChange> changes = new ArrayList<>();
        for (SocketOption option : options) {
            Reading reading = new Reading(option);
            Answer answer = access(option).act(socket, "", reading);
            changes.add(reading.planned(socket, answer));
        }
        return changes;
    }

    /** Sets the options on a socket and hands over what became of each. */
    public void set(TcpSocket socket, Consumer<OptionChange> results) throws UnavailableException {
        Optional<TcpSocket> now = table.findAgain(socket);
        for (SocketOption option : options) {
            if (now.isEmpty()) {
                results.accept(gone(socket, option, "it was gone before anything was done"));
            } else if (!filter.matches(now.get())) {
                TcpState state = now.get().state();
                results.accept(untouched(
                        socket, option, Outcome.SKIPPED, "it does not match any more and is in " + state + " now"));
            } else {
                Setting setting = new Setting(option);
                results.accept(setting.done(socket, access(option).act(now.get(), "set", setting)));
            }
        }
    }

    private SocketAccess access(SocketOption option) {
        return option.name() == OptionName.REUSEADDR ? accessToListeners : access;
    }

    private static OptionChange gone(TcpSocket socket, SocketOption option, String why) {
        return untouched(socket, option, Outcome.ALREADY_GONE, why);
    }

    private static OptionChange untouched(TcpSocket socket, SocketOption option, Outcome outcome, String why) {
        return new OptionChange(socket, option, outcome, null, null, why, null, false, null);
    }

    private static OptionChange denied(TcpSocket socket, SocketOption option, Answer.Denied answer) {
        Outcome outcome = answer.isProtected() ? Outcome.SKIPPED : Outcome.REFUSED;
        return new OptionChange(
                socket,
                option,
                outcome,
                null,
                null,
                answer.why(),
                answer.error(),
                answer.lacksPermission(),
                answer.hint());
    }

    /** A look at the value a socket has now. */
    private static final class Reading implements SocketAccess.Action {
        private final SocketOption asked;
        private @Nullable SocketOption found;

        Reading(SocketOption asked) {
            this.asked = asked;
        }

        @Override
        public void on(SocketFd duplicate) throws KernelException {
            found = asked.name().read(duplicate);
        }

        OptionChange planned(TcpSocket socket, Answer answer) {
            return switch (answer) {
                case Answer.Denied denied -> denied(socket, asked, denied);
                case Answer.Gone _ -> gone(socket, asked, LET_GO);
                case Answer.Done _ -> planned(socket);
            };
        }

        private OptionChange planned(TcpSocket socket) {
            boolean same = found != null && asked.isSurelyIn(found);
            return new OptionChange(
                    socket,
                    asked,
                    same ? Outcome.UNCHANGED : Outcome.PLANNED,
                    found == null ? null : found.value(),
                    null,
                    same ? HAS_IT : asked.name().purpose(),
                    null,
                    false,
                    null);
        }
    }

    /** A change between two looks. */
    private static final class Setting implements SocketAccess.Action {
        private final SocketOption asked;
        private @Nullable SocketOption before;
        private @Nullable SocketOption after;

        Setting(SocketOption asked) {
            this.asked = asked;
        }

        @Override
        public void on(SocketFd duplicate) throws KernelException {
            before = asked.name().read(duplicate);
            if (!asked.isSurelyIn(before)) {
                asked.apply(duplicate);
            }
            after = asked.name().read(duplicate);
        }

        OptionChange done(TcpSocket socket, Answer answer) {
            return switch (answer) {
                case Answer.Denied denied -> denied(socket, asked, denied);
                case Answer.Gone _ -> gone(socket, asked, LET_GO);
                case Answer.Done done ->
                    new OptionChange(
                            socket,
                            asked,
                            outcome(),
                            before == null ? null : before.value(),
                            after == null ? null : after.value(),
                            outcome() == Outcome.UNCHANGED ? HAS_IT : done.how(),
                            null,
                            false,
                            null);
            };
        }

        private Outcome outcome() {
            if (after == null || !asked.isIn(after)) {
                return Outcome.NOT_TAKEN;
            }
            return after.equals(before) ? Outcome.UNCHANGED : Outcome.CHANGED;
        }
    }
}
