package lastack.remedy;

import java.util.List;
import java.util.Optional;
import lastack.kernel.KernelException;

/**
 * Ends the connection by the gentlest method that fits, which wakes every thread that waits on it, and then puts
 * {@code /dev/null} over the descriptor in each process that holds it.
 *
 * <p>The number stays occupied, so that the program's own close later cannot hit a stranger's descriptor.
 */
final class Park implements Remedy {
    private final List<Remedy> endings;

    Park(List<Remedy> endings) {
        this.endings = endings;
    }

    @Override
    public Method method() {
        return Method.PARK;
    }

    @Override
    public Suitability fits(Target target) {
        return target.allReachable();
    }

    @Override
    public Act apply(Target target) throws KernelException {
        Optional<Act> refusal = Surgery.foreseenRefusal(target);
        return refusal.isPresent() ? refusal.get() : endAndPark(target);
    }

    private Act endAndPark(Target target) throws KernelException {
        String ended = end(target);
        if (ended.isEmpty()) {
            return Surgery.PARK.onEveryHolder(target);
        }
        return switch (parked(target)) {
            case Act.Done(String how, long nanos) -> new Act.Done(ended + ", then " + how, nanos);
            case Act.NothingLeft _ -> Act.done(ended);
            case Act.Refused(String error, String why, String hint, boolean lacksPermission) ->
                new Act.Refused(error, ended + ", but " + why, hint, lacksPermission);
        };
    }

    /** A refused ending is no failure here: replacing the last descriptor ends the connection too. */
    private String end(Target target) {
        for (Remedy ending : endings) {
            if (ending.fits(target) instanceof Suitability.Fits && applied(ending, target) instanceof Act.Done done) {
                return done.how();
            }
        }
        return "";
    }

    private Act parked(Target target) {
        try {
            return Surgery.PARK.onEveryHolder(target);
        } catch (KernelException e) {
            return Refusals.explain(method(), e);
        }
    }

    private static Act applied(Remedy ending, Target target) {
        try {
            return ending.apply(target);
        } catch (KernelException e) {
            return Refusals.explain(ending.method(), e);
        }
    }
}
