package lastack.sockets;

import lastack.kernel.Kernel;
import lastack.kernel.Syscall;

/** Linking the native call takes 20 ms of a start; a program that has other things to do meanwhile can begin it early. */
public final class KernelDoor {
    private KernelDoor() {}

    /** Begins linking on a thread of its own. Whoever needs the door first waits for it by itself. */
    public static void openInBackground() {
        Thread.ofPlatform().daemon().name("kernel-door").start(() -> Kernel.call(Syscall.GETPID));
    }
}
