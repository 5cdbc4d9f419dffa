package lastack.remedy;

import lastack.kernel.KernelException;

/** {@code close} inside each process that holds the socket. The number is free then, and the program does not know it. */
final class CloseDescriptor implements Remedy {
    @Override
    public Method method() {
        return Method.FD;
    }

    @Override
    public Suitability fits(Target target) {
        return target.allReachable();
    }

    @Override
    public Act apply(Target target) throws KernelException {
        return Surgery.CLOSE.onEveryHolder(target);
    }
}
