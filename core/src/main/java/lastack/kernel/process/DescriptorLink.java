package lastack.kernel.process;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import lastack.kernel.Kernel;
import lastack.kernel.Syscall;
import lastack.model.ProcessId;

/** What a descriptor of another process refers to right now ({@code /proc/PID/fd/N}). */
public final class DescriptorLink {
    private static final int AT_FDCWD = -100;
    private static final int LINK_BYTES = 64;

    private DescriptorLink() {}

    /** Whether the descriptor refers to the socket with this inode; false also when it is closed or may not be read. */
    public static boolean isSocket(int pid, int fd, long inode) {
        try {
            return refersTo(Path.of("/proc/" + pid + "/fd/" + fd), inode);
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Whether the descriptor surely does not refer to the socket any more; false also when it cannot be read.
     *
     * <p>All threads are asked: the first one of a process may have ended while others still hold the table.
     */
    public static boolean isReleased(ProcessId process, int fd, long inode) {
        if (isSeenAsSocket(process.pid(), fd, inode)) {
            return false;
        }
        if (ProcStat.startTime(process.pid()) != process.startTime()) {
            return true;
        }
        Path tasks = Path.of("/proc/" + process.pid() + "/task");
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
            for (Path thread : threads) {
                if (holds(thread.resolve("fd/" + fd), inode)) {
                    return false;
                }
            }
            return true;
        } catch (NoSuchFileException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** The first look, which mostly is enough, in one call: there may be ten thousand of them. */
    private static boolean isSeenAsSocket(int pid, int fd, long inode) {
        ByteBuffer path = Kernel.cString("/proc/" + pid + "/fd/" + fd);
        ByteBuffer link = Kernel.memory(LINK_BYTES);
        long length =
                Kernel.call(Syscall.READLINKAT, AT_FDCWD, Kernel.address(path), Kernel.address(link), link.capacity());
        Reference.reachabilityFence(path);
        return FdWalk.socketInode(link, (int) length) == inode;
    }

    private static boolean holds(Path link, long inode) throws IOException {
        try {
            return refersTo(link, inode);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static boolean refersTo(Path link, long inode) throws IOException {
        return Files.readSymbolicLink(link).toString().equals("socket:[" + inode + "]");
    }
}
