package lastack.remedy;

import lastack.kernel.KernelException;

/** TEMP */
enum Surgery {
    PARK,
    CLOSE;

    Act onEveryHolder(Target target) throws KernelException {
        return new Act.NothingLeft();
    }
}
