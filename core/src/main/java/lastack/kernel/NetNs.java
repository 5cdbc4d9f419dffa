package lastack.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The network namespace of the calling platform thread; never that of a virtual thread, which has no thread of its own. */
public final class NetNs {
    private static final int CLONE_NEWNET = 0x40000000;

    /** {@code linux/sockios.h}, Linux 4.9. */
    private static final int SIOCGSKNS = 0x894C;

    private NetNs() {}

    /** The inode of the namespace the calling thread is in. */
    public static long current() throws IOException {
        return inodeOf(Path.of("/proc/thread-self/ns/net"));
    }

    /** The inode of the namespace a path stands for: {@code /proc/PID/ns/net} or a file under {@code /run/netns}. */
    public static long inodeOf(Path path) throws IOException {
        return (Long) Files.getAttribute(path, "unix:ino");
    }

    /** A descriptor of the namespace a socket was made in ({@code CAP_NET_ADMIN} there). */
    public static Fd of(Fd socket) throws KernelException {
        long result = Kernel.call(Syscall.IOCTL, socket.number(), SIOCGSKNS);
        return new Fd((int) Kernel.check(result, Syscall.IOCTL, "SIOCGSKNS"));
    }

    /** Moves the calling thread into the namespace of the path ({@code CAP_SYS_ADMIN}). */
    public static void enter(Path path) throws KernelException {
        try (Fd namespace = Fd.open(path.toString(), Fd.READ_ONLY)) {
            long result = Kernel.call(Syscall.SETNS, namespace.number(), CLONE_NEWNET);
            Kernel.check(result, Syscall.SETNS, path.toString());
        }
    }

    /** Moves the calling thread into a new namespace of its own, with only a loopback that is down. */
    public static void unshare() throws KernelException {
        Kernel.check(Kernel.call(Syscall.UNSHARE, CLONE_NEWNET), Syscall.UNSHARE, "CLONE_NEWNET");
    }
}
