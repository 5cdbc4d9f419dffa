package lastack.kernel;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** The network namespace of the calling platform thread; never that of a virtual thread, which has no thread of its own. */
public final class NetNs {
    private static final int CLONE_NEWNET = 0x40000000;
    private static final int AF_INET = 2;
    private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
    private static final int SOL_SOCKET = 1;
    private static final int SO_NETNS_COOKIE = 71;

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

    /** A number that is never used for another namespace until reboot, unlike the inode ({@code SO_NETNS_COOKIE}, Linux 5.14). */
    public static long cookie() throws KernelException {
        long socket = Kernel.call(Syscall.SOCKET, AF_INET, SOCK_DGRAM_CLOEXEC, 0);
        try (Fd fd = new Fd((int) Kernel.check(socket, Syscall.SOCKET, "AF_INET"))) {
            ByteBuffer value = Kernel.memory(8);
            ByteBuffer length = Kernel.memory(4).putInt(0, 8);
            long result = Kernel.call(
                    Syscall.GETSOCKOPT,
                    fd.number(),
                    SOL_SOCKET,
                    SO_NETNS_COOKIE,
                    Kernel.address(value),
                    Kernel.address(length));
            Reference.reachabilityFence(length);
            Kernel.check(result, Syscall.GETSOCKOPT, "SO_NETNS_COOKIE");
            return value.getLong(0);
        }
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

    /**
     * A number of {@code /proc/sys/net/ipv4} in the calling thread's namespace.
     *
     * @param otherwise what to take where it cannot be read, as in a kernel without that setting
     */
    public static int setting(String name, int otherwise) {
        return (int) ProcSys.number("net.ipv4." + name, otherwise);
    }

    /** Moves the calling thread into a new namespace of its own, with only a loopback that is down. */
    public static void unshare() throws KernelException {
        Kernel.check(Kernel.call(Syscall.UNSHARE, CLONE_NEWNET), Syscall.UNSHARE, "CLONE_NEWNET");
    }
}
