package lastack.kernel.ptrace;

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

    private final TracingDoor door;
    private final int pid;
    private final int fd;
    private final ByteBuffer expected;
    private NativeBytes path = NativeBytes.zeros(1);
    private int pathTid;
    private final NativeBytes link = NativeBytes.zeros(LINK_BYTES);

    HeldDescriptor(TracingDoor door, int pid, int fd, long inode) {
        this.door = door;
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
        NativeBytes path = pathIn(tid);
        long result = door.call(Syscall.READLINKAT, AT_FDCWD, path.address(), link.address(), link.size());
        if (result == -Errno.ENOENT.number() || result == -Errno.ESRCH.number()) {
            return false;
        }
        if (result < 0) {
            throw new KernelException(Syscall.READLINKAT.manualName(), toString(), Kernel.errno(result));
        }
        return link.bytes().slice(0, (int) result).equals(expected);
    }

    /** Whether it is that socket now in any of these threads. */
    boolean isHeldIn(SeizedProcess process) throws KernelException {
        for (Tracee tracee : process.tracees()) {
            if (isSocketIn(tracee.tid())) {
                return true;
            }
        }
        return false;
    }

    private NativeBytes pathIn(int tid) {
        if (tid != pathTid) {
            path = NativeBytes.of(Kernel.cString("/proc/" + pid + "/task/" + tid + "/fd/" + fd));
            pathTid = tid;
        }
        return path;
    }
}
