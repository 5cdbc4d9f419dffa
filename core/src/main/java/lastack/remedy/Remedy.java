package lastack.remedy;

import java.util.List;
import lastack.kernel.KernelException;

/** One way to remove a socket. Adding one is a class, a line in {@link Ladder} and a line in its contract test. */
interface Remedy {
    /** Its name. */
    Method method();

    /** Whether it fits this socket; touches nothing. */
    Suitability fits(Target target);

    /** Does it, after making sure that it is still the same socket. Whether that removed it is for {@link Remover} to see. */
    Act apply(Target target) throws KernelException;

    /** One that is quicker with many sockets at once, and so quick that they still are as they were seen. */
    interface OfMany extends Remedy {
        /** The same as {@link #apply} to each in turn; an answer for each, where that would throw a refusal. */
        List<Act> applyAll(List<Target> targets);
    }
}
