package lastack.kernel.ptrace;

import lastack.kernel.Errno;
import lastack.kernel.Fd;
import lastack.kernel.Kernel;
import lastack.kernel.KernelException;
import lastack.kernel.Syscall;

/** The memory of another process, {@code /proc/PID/task/TID/mem}; of the program it runs now, not of one it starts later. */
final class TargetMemory implements AutoCloseable {
    /** {@code O_RDWR | O_CLOEXEC}. */
    private static final int READ_WRITE = 0x80002;

    private final TracingDoor door;
    private final String path;
    private final Fd memory;

    TargetMemory(TracingDoor door, String path, Fd memory) {
        this.door = door;
        this.path = path;
        this.memory = memory;
    }

    /** Opens it; throws EACCES without the right to trace. */
    static TargetMemory open(int pid, int tid) throws KernelException {
        String path = "/proc/" + pid + "/task/" + tid + "/mem";
        return new TargetMemory(TracingDoor.KERNEL, path, Fd.open(path, READ_WRITE));
    }

    /** Fills the buffer from this address on as far as there is memory, and says how many bytes that were. */
    int readSome(long address, NativeBytes into) throws KernelException {
        return (int) Kernel.check(transfer(Syscall.PREAD64, address, into), Syscall.PREAD64, path);
    }

    /** Fills the whole buffer from this address on. */
    void read(long address, NativeBytes into) throws KernelException {
        whole(Syscall.PREAD64, address, into);
    }

    /** Writes the whole buffer to this address on. */
    void write(long address, NativeBytes from) throws KernelException {
        whole(Syscall.PWRITE64, address, from);
    }

    private long transfer(Syscall call, long address, NativeBytes buffer) {
        return door.call(call, memory.number(), buffer.address(), buffer.size(), address);
    }

    private void whole(Syscall call, long address, NativeBytes buffer) throws KernelException {
        long result = transfer(call, address, buffer);
        if (result != buffer.size()) {
            // 0: that memory has gone with its process.
            Errno errno = result < 0 ? Kernel.errno(result) : result == 0 ? Errno.ESRCH : Errno.EIO;
            throw new KernelException(call.manualName(), path + " at 0x" + Long.toHexString(address), errno);
        }
    }

    @Override
    public void close() {
        memory.close();
    }
}
