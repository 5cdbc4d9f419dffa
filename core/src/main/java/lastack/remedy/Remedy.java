package lastack.remedy;

import lastack.kernel.KernelException;

/** One way to remove a socket. Adding one is a class, a line in {@link Ladder} and a line in its contract test. */
interface Remedy {
    /** Its name. */
    Method method();

    /** Whether it fits this socket; touches nothing. */
    Suitability fits(Target target);

    /** Does it, after making sure that it is still the same socket. Whether that removed it is for {@link Remover} to see. */
    Act apply(Target target) throws KernelException;
}
