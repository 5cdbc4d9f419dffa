package lastack.kernel.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What {@code /proc/PID/fd/N} points to right now. */
public final class DescriptorLink {
    private DescriptorLink() {}

    /** Whether the descriptor refers to the socket with this inode; false also when it is closed or may not be read. */
    public static boolean isSocket(int pid, int fd, long inode) {
        try {
            Path link = Files.readSymbolicLink(Path.of("/proc/" + pid + "/fd/" + fd));
            return link.toString().equals("socket:[" + inode + "]");
        } catch (IOException e) {
            return false;
        }
    }
}
