package lastack.remedy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import lastack.kernel.KernelException;
import lastack.kernel.process.DescriptorLink;
import lastack.model.Owner;
import lastack.model.TcpSocket;
import lastack.model.TcpState;
import org.jspecify.annotations.Nullable;

/** One socket on its way out: which methods are left to try, and what has come of those that were tried. */
final class Removal {
    /** How it ends where the rest was called off. */
    static final String INTERRUPTED = " until this was interrupted";

    private final TcpSocket selected;
    private Target target;
    private final List<Remedy> rungs;
    private int rung;
    private final boolean escalate;
    private final List<Rejection> rejected = new ArrayList<>(2);
    private boolean rejectedForPermission;
    /** What to tell when no other method is left: the first refusal, or that it is still there. */
    private @Nullable Result fallback;

    private Act.@Nullable Done done;
    private @Nullable Result settled;
    private boolean foundNothing;
    private long begun;

    /**
     * A socket to be removed.
     *
     * @param rungs the methods to try in turn: the next one when one does not fit or is refused
     * @param escalate whether the next one is tried also when one was done and the socket is still there
     */
    Removal(Target target, List<Remedy> rungs, boolean escalate) {
        this.selected = target.socket();
        this.target = target;
        this.rungs = rungs;
        this.escalate = escalate;
        skipUnfitRungs();
    }

    /** A socket that is not to be touched. */
    Removal(Target target, Result settled) {
        this.selected = target.socket();
        this.target = target;
        this.rungs = List.of();
        this.escalate = false;
        this.settled = settled;
    }

    /** The socket as it was selected. */
    TcpSocket socket() {
        return selected;
    }

    /** What became of it, once that is known. */
    Optional<Result> settled() {
        return Optional.ofNullable(settled);
    }

    /** As it was seen last, which the next method acts on. */
    Target target() {
        return target;
    }

    /** The method that is tried next, or was tried last. */
    Remedy remedy() {
        return rungs.get(rung);
    }

    Method tried() {
        return remedy().method();
    }

    Result preview() {
        if (settled != null) {
            return settled;
        }
        Method next = tried();
        return result(next, Outcome.PLANNED, next.act(), socket().state(), Trouble.NONE);
    }

    /** Leaves behind every method that does not fit, with its reason. */
    private void skipUnfitRungs() {
        while (rung < rungs.size()
                && remedy().fits(target) instanceof Suitability.Unfit(String why, boolean lacksPermission)) {
            reject(why, lacksPermission);
        }
        if (rung == rungs.size()) {
            settled = fallback != null ? fallback.passingOver(rejected) : noMethodFits();
        }
    }

    private void reject(String why, boolean lacksPermission) {
        rejected.add(new Rejection(tried(), why));
        rung++;
        rejectedForPermission |= lacksPermission;
    }

    private Result noMethodFits() {
        Trouble trouble = rejectedForPermission
                ? new Trouble("EPERM", true, "see what is allowed: lastack doctor")
                : new Trouble(null, false, "see the other methods: lastack help close");
        return result(null, Outcome.REFUSED, rejected.getLast().why(), socket().state(), trouble);
    }

    /** Begins an attempt, which {@link #answered} tells of and {@link #goOn} brings to an end. */
    void begin() {
        begun = begun == 0 ? System.nanoTime() : begun;
        done = null;
        foundNothing = false;
    }

    /** Goes on to the next method while one is refused, unless all is called off. */
    void goOn(BooleanSupplier stopped) {
        while (settled == null && done == null) {
            if (stopped.getAsBoolean()) {
                giveUp();
            } else {
                answered(attempt(remedy()));
            }
        }
    }

    /** Tries no other method: what came of those that were tried is the result. */
    void giveUp() {
        if (settled == null && fallback != null) {
            settled = fallback.passingOver(rejected);
        } else if (settled == null) {
            settleUntouched(
                    Outcome.SKIPPED,
                    "interrupted before its turn",
                    target.socket().state());
        }
    }

    /** What came of the method that was tried. */
    void answered(Act act) {
        switch (act) {
            case Act.Done accepted -> done = accepted;
            case Act.NothingLeft _ -> {
                done = new Act.Done("it was gone before it could be acted on", 0);
                foundNothing = true;
            }
            case Act.Refused answer -> refuse(answer);
        }
    }

    /** Whether the last attempt had nothing to act on. */
    boolean foundNothing() {
        return foundNothing && settled == null;
    }

    /** Leaves the method that was tried last, and what does not fit, to take the next. */
    void passOver(String why) {
        reject(why, false);
        skipUnfitRungs();
    }

    /** A look just before acting: another state may want another method. */
    void seenAs(TcpSocket now) {
        target = new Target(now, target.privileges());
        skipUnfitRungs();
    }

    void settle(Result result) {
        settled = result;
    }

    private Act attempt(Remedy remedy) {
        try {
            return remedy.apply(target);
        } catch (KernelException e) {
            return Refusals.explain(remedy.method(), e);
        }
    }

    /** The first refusal is what will be told when no other method fits. */
    private void refuse(Act.Refused answer) {
        if (fallback == null) {
            Trouble trouble = new Trouble(answer.error(), answer.lacksPermission(), answer.hint());
            fallback = result(tried(), Outcome.REFUSED, answer.why(), socket().state(), trouble);
        }
        reject(answer.why(), answer.lacksPermission());
        skipUnfitRungs();
    }

    void settleUntouched(Outcome outcome, String why, @Nullable TcpState stateNow) {
        settled = result(null, outcome, why, stateNow, Trouble.NONE);
    }

    /** A look after the last attempt, where that was refused. */
    void seenIn(@Nullable TcpState stateNow) {
        settled = settled == null ? null : settled.seenIn(stateNow);
    }

    /** A second look found it gone; where the last attempt had nothing to act on, somebody else did that. */
    void settleGone() {
        Outcome outcome = foundNothing ? Outcome.ALREADY_GONE : Outcome.REMOVED;
        settled = result(tried(), outcome, how(), null, socket().unaccepted() ? Trouble.STILL_QUEUED : Trouble.NONE);
    }

    /** The time to wait is over: goes on to the next method, or says that it is still there. */
    void notGone(TcpState stateNow, String why, String hint) {
        Result stillThere =
                result(tried(), Outcome.STILL_THERE, how() + "; " + why, stateNow, new Trouble(null, false, hint));
        if (!escalate) {
            settled = stillThere;
            return;
        }
        fallback = stillThere;
        reject(how() + ", but it stayed in " + stateNow, false);
        skipUnfitRungs();
    }

    private String how() {
        return done == null ? "" : done.how();
    }

    /** What stood in the way, if anything. */
    private record Trouble(
            @Nullable String error,
            boolean lacksPermission,
            @Nullable String hint) {
        private static final Trouble NONE = new Trouble(null, false, null);

        /** The kernel hands it to accept all the same, dead. */
        private static final Trouble STILL_QUEUED = new Trouble(
                null,
                false,
                "its place in the listener's queue is free only when the program accepts, or closes the listener");
    }

    private Result result(
            @Nullable Method method, Outcome outcome, String why, @Nullable TcpState stateNow, Trouble trouble) {
        return new Result(
                socket(),
                method,
                outcome,
                why,
                List.copyOf(rejected),
                begun == 0 ? 0 : System.nanoTime() - begun,
                stateNow,
                descriptorFreed(),
                done == null ? 0 : done.standStillNanos(),
                trouble.error(),
                trouble.lacksPermission(),
                trouble.hint());
    }

    /** Whether it had owners, and none of them holds it any more. */
    boolean descriptorFreed() {
        for (Owner owner : target.owners()) {
            if (!DescriptorLink.isReleased(owner.process(), owner.fd(), socket().inode())) {
                return false;
            }
        }
        return !target.owners().isEmpty();
    }
}
