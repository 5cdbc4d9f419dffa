package lastack.kernel.process;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import lastack.kernel.Fd;
import lastack.kernel.Kernel;
import lastack.kernel.KernelException;
import lastack.kernel.Syscall;

/** A named pipe ({@code fifo(7)}): what {@code PIPE_BUF} bytes and fewer say arrives in one piece. */
public final class NamedPipe {
    private static final int AT_FDCWD = -100;
    private static final int S_IFIFO = 0x1000;
    private static final int OWNER_READS_AND_WRITES = 0x180;

    /** {@code O_WRONLY | O_APPEND | O_NONBLOCK | O_CLOEXEC}, the same on both machines. */
    private static final int WRITE_AT_ONCE = 0x80C01;

    private NamedPipe() {}

    /** Makes one that only the calling thread's user can open. */
    public static void make(String path) throws KernelException {
        ByteBuffer name = Kernel.cString(path);
        long mode = S_IFIFO | OWNER_READS_AND_WRITES;
        long result = Kernel.call(Syscall.MKNODAT, AT_FDCWD, Kernel.address(name), mode, 0);
        Reference.reachabilityFence(name);
        Kernel.check(result, Syscall.MKNODAT, path);
    }

    /**
     * Says something to whoever reads it; a plain file in its place gets it at its end.
     *
     * @throws KernelException ENXIO when nobody does
     */
    public static void write(String path, String text) throws KernelException {
        try (Fd pipe = Fd.open(path, WRITE_AT_ONCE)) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            ByteBuffer memory = Kernel.memory(bytes.length).put(0, bytes);
            long result = Kernel.call(Syscall.WRITE, pipe.number(), Kernel.address(memory), bytes.length);
            Reference.reachabilityFence(memory);
            Kernel.check(result, Syscall.WRITE, path);
        }
    }
}
