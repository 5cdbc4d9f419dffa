package lastack.remedy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lastack.jvm.Bounds;
import lastack.jvm.CloseAnswer;
import lastack.jvm.Jvm;
import lastack.kernel.Errno;
import lastack.kernel.process.ProcStat;
import lastack.model.Owner;
import lastack.model.ProcessId;
import lastack.model.TcpSocket;
import lastack.model.UnavailableException;
import org.jspecify.annotations.Nullable;

/**
 * Closes the object that stands for the socket inside its JVM: blocked readers get their exception, selectors are woken, and no
 * number is left behind that could hit a stranger's descriptor later.
 */
final class CloseObject implements Remedy.OfMany, AutoCloseable {
    private final Map<ProcessId, Jvm> entered = new HashMap<>();
    private final Map<ProcessId, Boolean> within = new HashMap<>();
    private final Remedy whereAlreadyIn = whereAlreadyIn();

    /** Whether a JVM holds it, so that this is worth a thought. */
    static boolean concerns(Target target) {
        return !target.owners().isEmpty() && target.owners().getFirst().jvm();
    }

    @Override
    public Method method() {
        return Method.JVM;
    }

    @Override
    public Suitability fits(Target target) {
        List<Owner> owners = target.owners();
        if (owners.size() != 1) {
            Suitability held = target.reachable();
            return held instanceof Suitability.Unfit || owners.isEmpty()
                    ? held
                    : Suitability.unfit("it has " + owners.size() + " descriptors, and a JVM closes only its own one");
        }
        Owner owner = owners.getFirst();
        return owner.jvm() ? target.reachable() : Suitability.unfit(owner.label() + " is no JVM");
    }

    @Override
    public Act apply(Target target) {
        return applyAll(List.of(target)).getFirst();
    }

    /** Each JVM is asked once: one look at its objects serves all of its sockets. */
    @Override
    public List<Act> applyAll(List<Target> targets) {
        Map<ProcessId, List<TcpSocket>> sockets = new LinkedHashMap<>();
        for (Target target : targets) {
            ProcessId process = target.owners().getFirst().process();
            sockets.computeIfAbsent(process, _ -> new ArrayList<>()).add(target.socket());
        }
        Map<TcpSocket, Act> acts = new HashMap<>();
        sockets.forEach((process, own) -> closeIn(process, own, acts));
        return targets.stream().map(target -> acts.get(target.socket())).toList();
    }

    private void closeIn(ProcessId process, List<TcpSocket> sockets, Map<TcpSocket, Act> acts) {
        try {
            Map<Integer, CloseAnswer> answers = jvm(process).close(sockets, Bounds.USUAL);
            for (TcpSocket socket : sockets) {
                Owner owner = socket.owners().getFirst();
                acts.put(socket, act(owner, answers.getOrDefault(owner.fd(), CloseAnswer.UNKNOWN)));
            }
        } catch (UnavailableException e) {
            boolean ended = ProcStat.startTime(process.pid()) != process.startTime();
            sockets.forEach(socket -> acts.put(
                    socket,
                    ended ? new Act.NothingLeft() : unavailable(socket.owners().getFirst(), e)));
        }
    }

    private static Act act(Owner owner, CloseAnswer answer) {
        return switch (answer.outcome()) {
            case CLOSED -> Act.done("closed " + answer.detail() + " in " + owner.label());
            case CHANGED -> new Act.NothingLeft();
            case OPEN ->
                refused("closed its object in " + owner.label() + ", but the descriptor stays open"
                        + (answer.detail().isEmpty() ? "" : ": " + answer.detail()));
            case UNKNOWN ->
                refused("no object of " + owner.label() + " was found for fd " + owner.fd()
                        + ": a local variable has it, native code, or nothing any more");
        };
    }

    private static Act unavailable(Owner owner, UnavailableException e) {
        return new Act.Refused(Errno.EPERM.name(), owner.label() + ": " + e.why(), e.remedy(), true);
    }

    private static Act refused(String why) {
        return new Act.Refused(null, why, "the connection can be ended from outside: without --by", false);
    }

    private Jvm jvm(ProcessId process) throws UnavailableException {
        @Nullable Jvm present = entered.get(process);
        if (present == null) {
            present = Jvm.enter(process);
            entered.put(process, present);
        }
        return present;
    }

    /** The methods that work from outside, with this before them; nothing goes into a JVM that is not there yet. */
    List<Remedy> before(List<Remedy> outside) {
        List<Remedy> rungs = new ArrayList<>(List.of(whereAlreadyIn));
        rungs.addAll(outside);
        return rungs;
    }

    private OfMany whereAlreadyIn() {
        return new OfMany() {
            @Override
            public Method method() {
                return Method.JVM;
            }

            @Override
            public Suitability fits(Target target) {
                Owner owner = target.owners().getFirst();
                return within.computeIfAbsent(owner.process(), Jvm::isIn)
                        ? CloseObject.this.fits(target)
                        : Suitability.unfit("the agent is not in " + owner.label()
                                + "; --by jvm puts it there, and lets the program itself close it");
            }

            @Override
            public Act apply(Target target) {
                return CloseObject.this.apply(target);
            }

            @Override
            public List<Act> applyAll(List<Target> targets) {
                return CloseObject.this.applyAll(targets);
            }
        };
    }

    @Override
    public void close() {
        entered.values().forEach(Jvm::close);
    }
}
