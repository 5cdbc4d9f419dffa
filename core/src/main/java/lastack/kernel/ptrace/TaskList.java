package lastack.kernel.ptrace;

import lastack.kernel.Errno;
import lastack.kernel.Fd;
import lastack.kernel.Kernel;
import lastack.kernel.KernelException;
import lastack.kernel.Syscall;
import lastack.kernel.process.NumberedEntries;

/** The threads of a process: {@code /proc/PID/task}, read again and again through one descriptor. */
final class TaskList implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 15;

    private final TracingDoor door;
    private final String path;
    private final Fd directory;
    private final NativeBytes buffer = NativeBytes.zeros(BUFFER_BYTES);
    private final NumberedEntries entries = new NumberedEntries(buffer.bytes());

    TaskList(TracingDoor door, String path, Fd directory) {
        this.door = door;
        this.path = path;
        this.directory = directory;
    }

    /** Opens it; throws ENOENT when there is no such process. */
    static TaskList open(int pid) throws KernelException {
        String path = "/proc/" + pid + "/task";
        return new TaskList(TracingDoor.KERNEL, path, Fd.open(path, Fd.READ_ONLY));
    }

    /** Hands over every thread there is now, in the order they were started; none when the process has been reaped. */
    void forEach(Visitor visitor) throws KernelException, InjectionRefusedException {
        Kernel.check(door.call(Syscall.LSEEK, directory.number(), 0, 0, 0), Syscall.LSEEK, path);
        while (fill()) {
            while (entries.next()) {
                visitor.visit(entries.number());
            }
        }
    }

    /** False when all have been read. */
    private boolean fill() throws KernelException {
        long result = door.call(Syscall.GETDENTS64, directory.number(), buffer.address(), buffer.size(), 0);
        if (result == -Errno.ENOENT.number()) {
            return false;
        }
        entries.filled((int) Kernel.check(result, Syscall.GETDENTS64, path));
        return result > 0;
    }

    @Override
    public void close() {
        directory.close();
    }

    /** What is done with a thread. */
    interface Visitor {
        void visit(int tid) throws KernelException, InjectionRefusedException;
    }
}
