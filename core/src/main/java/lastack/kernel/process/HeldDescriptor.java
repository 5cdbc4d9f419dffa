package lastack.kernel.process;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import lastack.kernel.Errno;
import lastack.kernel.Kernel;
import lastack.kernel.KernelException;
import lastack.kernel.Syscall;

/** A descriptor of another process, and the socket it is thought to stand for: {@code /proc/PID/task/TID/fd/N}. */
final class HeldDescriptor {
    private static final int AT_FDCWD = -100;
    private static final int LINK_BYTES = 64;

    private final int pid;
    private final int fd;
    private final ByteBuffer expected;
    private final ByteBuffer link = Kernel.memory(LINK_BYTES);

    HeldDescriptor(int pid, int fd, long inode) {
        this.pid = pid;
        this.fd = fd;
        this.expected = ByteBuffer.wrap(("socket:[" + inode + "]").getBytes(StandardCharsets.US_ASCII));
    }

    int fd() {
        return fd;
    }

    /** {@code fd 7 of pid 12}, for messages. */
    @Override
    public String toString() {
        return "fd " + fd + " of pid " + pid;
    }

    /** Whether it is that socket now, seen from this thread, for a thread may have a descriptor table of its own. */
    boolean isSocketIn(int tid) throws KernelException {
        ByteBuffer path = Kernel.cString("/proc/" + pid + "/task/" + tid + "/fd/" + fd);
        long result =
                Kernel.call(Syscall.READLINKAT, AT_FDCWD, Kernel.address(path), Kernel.address(link), link.capacity());
        Reference.reachabilityFence(path);
        if (result == -Errno.ENOENT.number() || result == -Errno.ESRCH.number()) {
            return false;
        }
        int length = (int) Kernel.check(result, Syscall.READLINKAT, toString());
        return link.slice(0, length).equals(expected);
    }
}
