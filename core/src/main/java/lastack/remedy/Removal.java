package lastack.remedy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import lastack.kernel.KernelException;
import lastack.kernel.process.DescriptorLink;
import lastack.model.Owner;
import lastack.model.TcpSocket;
import lastack.model.TcpState;
import org.jspecify.annotations.Nullable;

/** One socket on its way out: which methods are left to try, and what has come of those that were tried. */
public final class Removal {
    private final Target target;
    private final Deque<Remedy> rungs;
    private final List<Rejection> rejected = new ArrayList<>();
    private boolean rejectedForPermission;
    private Act.@Nullable Refused refusal;
    private Act.@Nullable Done done;
    private @Nullable Result settled;
    private long begun;

    Removal(Target target, List<Remedy> rungs) {
        this.target = target;
        this.rungs = new ArrayDeque<>(rungs);
        skipUnfitRungs();
    }

    /** A socket that is not to be touched. */
    Removal(Target target, Result settled) {
        this.target = target;
        this.rungs = new ArrayDeque<>();
        this.settled = settled;
    }

    /** The socket as it was selected. */
    public TcpSocket socket() {
        return target.socket();
    }

    /** What became of it, once that is known. */
    public Optional<Result> settled() {
        return Optional.ofNullable(settled);
    }

    /** The method that comes next, or nothing when the matter is settled. */
    public Optional<Method> next() {
        return Optional.ofNullable(rungs.peek()).map(Remedy::method);
    }

    Result preview() {
        Remedy next = rungs.peek();
        if (settled != null || next == null) {
            return settled != null ? settled : noMethodFits();
        }
        return result(next.method(), Outcome.PLANNED, next.method().act(), socket().state(), null);
    }

    /** Leaves behind every method that does not fit, with its reason. */
    private void skipUnfitRungs() {
        while (!rungs.isEmpty()
                && rungs.getFirst().fits(target) instanceof Suitability.Unfit(String why, boolean lacksPermission)) {
            reject(why, lacksPermission);
        }
        if (rungs.isEmpty()) {
            settled = noMethodFits();
        }
    }

    private void reject(String why, boolean lacksPermission) {
        rejected.add(new Rejection(rungs.removeFirst().method(), why));
        rejectedForPermission |= lacksPermission;
    }

    private Result noMethodFits() {
        if (refusal != null) {
            return refused(refusal);
        }
        String why =
                rejected.isEmpty() ? "no method is left" : rejected.getLast().why();
        String error = rejectedForPermission ? "EPERM" : null;
        return new Result(
                socket(),
                null,
                Outcome.REFUSED,
                why,
                List.copyOf(rejected),
                0,
                socket().state(),
                false,
                0,
                error,
                rejectedForPermission,
                rejectedForPermission
                        ? "see what is allowed: lastack doctor"
                        : "see the other methods: lastack help close");
    }

    private Result refused(Act.Refused answer) {
        Method method = rejected.getLast().method();
        return new Result(
                socket(),
                method,
                Outcome.REFUSED,
                answer.why(),
                List.copyOf(rejected.subList(0, rejected.size() - 1)),
                elapsed(),
                socket().state(),
                false,
                0,
                answer.error(),
                answer.lacksPermission() || rejectedForPermission,
                answer.hint());
    }

    /** Tries the next method that the kernel does not refuse. */
    void act() {
        begun = begun == 0 ? System.nanoTime() : begun;
        done = null;
        while (settled == null && done == null) {
            tryFirstRung();
        }
    }

    private void tryFirstRung() {
        Remedy remedy = rungs.getFirst();
        switch (attempt(remedy)) {
            case Act.Done accepted -> done = accepted;
            case Act.NothingLeft _ -> done = new Act.Done("nothing was left to do", 0);
            case Act.Refused answer -> {
                refusal = answer;
                reject(answer.why(), answer.lacksPermission());
                skipUnfitRungs();
            }
        }
    }

    private Act attempt(Remedy remedy) {
        try {
            return remedy.apply(target);
        } catch (KernelException e) {
            return Refusals.explain(remedy.method(), e);
        }
    }

    void settleUntouched(Outcome outcome, String why, @Nullable TcpState stateNow) {
        settled = result(null, outcome, why, stateNow, null);
    }

    /** A look after the last attempt, where that was refused. */
    void seenIn(@Nullable TcpState stateNow) {
        settled = settled == null ? null : settled.seenIn(stateNow);
    }

    /** A second look found it gone. */
    void settleRemoved() {
        settled = result(method(), Outcome.REMOVED, how(), null, null);
    }

    /** The time to wait is over: goes on to the next method, or says that it is still there. */
    void notGone(TcpState stateNow, String why, String hint) {
        Method tried = rungs.getFirst().method();
        String how = how();
        if (rungs.size() > 1) {
            reject(how + ", but it stayed in " + stateNow, false);
            skipUnfitRungs();
            return;
        }
        settled = result(tried, Outcome.STILL_THERE, how + "; " + why, stateNow, hint);
    }

    private @Nullable Method method() {
        return rungs.isEmpty() ? null : rungs.getFirst().method();
    }

    Method current() {
        return rungs.getFirst().method();
    }

    private String how() {
        return done == null ? "" : done.how();
    }

    private long elapsed() {
        return begun == 0 ? 0 : System.nanoTime() - begun;
    }

    private Result result(
            @Nullable Method method, Outcome outcome, String why, @Nullable TcpState stateNow, @Nullable String hint) {
        return new Result(
                socket(),
                method,
                outcome,
                why,
                List.copyOf(rejected),
                elapsed(),
                stateNow,
                descriptorFreed(),
                done == null ? 0 : done.standStillNanos(),
                null,
                false,
                hint);
    }

    /** Whether it had owners, and none of them holds it any more. */
    boolean descriptorFreed() {
        for (Owner owner : target.owners()) {
            if (DescriptorLink.isSocket(owner.pid(), owner.fd(), socket().inode())) {
                return false;
            }
        }
        return !target.owners().isEmpty();
    }
}
