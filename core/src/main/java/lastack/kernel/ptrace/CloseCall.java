package lastack.kernel.ptrace;

import lastack.kernel.KernelException;
import lastack.kernel.Syscall;

/** Closes a descriptor. */
record CloseCall(HeldDescriptor descriptor) implements LentThread.Act {
    @Override
    public void run(InjectedCalls calls) throws KernelException, InjectionRefusedException {
        long result = calls.release(Syscall.CLOSE, descriptor.fd(), 0, 0);
        calls.check(result, Syscall.CLOSE, "", descriptor);
    }
}
