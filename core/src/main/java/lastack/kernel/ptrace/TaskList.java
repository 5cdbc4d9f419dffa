package lastack.kernel.ptrace;

import java.nio.ByteBuffer;
import lastack.kernel.Errno;
import lastack.kernel.Fd;
import lastack.kernel.Kernel;
import lastack.kernel.KernelException;
import lastack.kernel.Syscall;

/** The threads of a process: {@code /proc/PID/task}, read again and again through one descriptor. */
final class TaskList implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 15;

    /** {@code struct linux_dirent64} (getdents64(2)): u64 ino, s64 off, u16 reclen, u8 type, char name[]. */
    private static final int RECLEN = 16;

    private static final int NAME = 19;

    private final TracingDoor door;
    private final String path;
    private final Fd directory;
    private final NativeBytes entries = NativeBytes.zeros(BUFFER_BYTES);

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
        for (int filled = fill(); filled > 0; filled = fill()) {
            visit(filled, visitor);
        }
    }

    private int fill() throws KernelException {
        long result = door.call(Syscall.GETDENTS64, directory.number(), entries.address(), entries.size(), 0);
        if (result == -Errno.ENOENT.number()) {
            return 0;
        }
        return (int) Kernel.check(result, Syscall.GETDENTS64, path);
    }

    private void visit(int filled, Visitor visitor) throws KernelException, InjectionRefusedException {
        for (int at = 0; at < filled; at += Short.toUnsignedInt(entries.bytes().getShort(at + RECLEN))) {
            int tid = number(entries.bytes(), at + NAME);
            if (tid > 0) {
                visitor.visit(tid);
            }
        }
    }

    /** The number that starts here; 0 for {@code .} and {@code ..}. */
    static int number(ByteBuffer text, int start) {
        int number = 0;
        for (int at = start; Character.isDigit(text.get(at)); at++) {
            number = number * 10 + (text.get(at) - '0');
        }
        return number;
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
