package lastack.kernel.seccomp;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import lastack.kernel.Errno;
import lastack.kernel.Fd;
import lastack.kernel.Kernel;
import lastack.kernel.KernelException;
import lastack.kernel.Syscall;

/**
 * The thread whose call waits. Its number may be another thread's by the time something is asked of it: believe what was
 * learnt only after {@link NotifyListener#isWaiting} has said yes.
 */
public final class Caller implements AutoCloseable {
    /** {@code PIDFD_THREAD}, Linux 6.9. */
    private static final int THREAD = 0x80;

    private static final int IOVEC_BYTES = 16;

    private final int tid;
    private final Fd pidfd;

    private Caller(int tid, Fd pidfd) {
        this.tid = tid;
        this.pidfd = pidfd;
    }

    /** Opens a handle on the thread, or on its process where the kernel has none on threads. */
    public static Caller open(int tid) throws KernelException {
        long result = Kernel.call(Syscall.PIDFD_OPEN, tid, THREAD);
        if (result < 0 && Kernel.errno(result).equals(Errno.EINVAL)) {
            result = Kernel.call(Syscall.PIDFD_OPEN, processOf(tid), 0);
        }
        return new Caller(tid, new Fd((int) Kernel.check(result, Syscall.PIDFD_OPEN, "thread " + tid)));
    }

    private static int processOf(int tid) throws KernelException {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/" + tid + "/status"))) {
                if (line.startsWith("Tgid:")) {
                    return Integer.parseInt(line.substring("Tgid:".length()).strip());
                }
            }
        } catch (IOException e) {
            throw new KernelException("open", "/proc/" + tid + "/status", Errno.ESRCH);
        }
        throw new KernelException("read", "/proc/" + tid + "/status", Errno.EIO);
    }

    /** Its number. */
    public int tid() {
        return tid;
    }

    /** The signals that wait for it. */
    public WaitingSignals signals() throws KernelException {
        return WaitingSignals.of(tid);
    }

    /** A duplicate of one of its descriptors. */
    public Fd duplicate(int number) throws KernelException {
        long result = Kernel.call(Syscall.PIDFD_GETFD, pidfd.number(), number, 0);
        return new Fd((int) Kernel.check(result, Syscall.PIDFD_GETFD, "fd " + number + " of thread " + tid));
    }

    /** Copies its memory ({@code process_vm_readv}, Linux 3.2); EFAULT also where only a part of it can be read. */
    public ByteBuffer read(long address, int bytes) throws KernelException {
        ByteBuffer into = Kernel.memory(bytes);
        ByteBuffer local = iovec(Kernel.address(into), bytes);
        ByteBuffer remote = iovec(address, bytes);
        long result =
                Kernel.call(Syscall.PROCESS_VM_READV, tid, Kernel.address(local), 1, Kernel.address(remote), 1, 0);
        Reference.reachabilityFence(local);
        Reference.reachabilityFence(remote);
        if (Kernel.check(result, Syscall.PROCESS_VM_READV, "thread " + tid) < bytes) {
            throw new KernelException("process_vm_readv", "thread " + tid, Errno.EFAULT);
        }
        return into;
    }

    private static ByteBuffer iovec(long address, int bytes) {
        return Kernel.memory(IOVEC_BYTES).putLong(0, address).putLong(8, bytes);
    }

    @Override
    public void close() {
        pidfd.close();
    }
}
