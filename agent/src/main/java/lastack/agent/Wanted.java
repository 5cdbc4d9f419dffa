package lastack.agent;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;

/** One descriptor that is asked about, and the socket it had when lastack looked from outside. */
final class Wanted {
    private static final Path OWN_DESCRIPTORS = Paths.get("/proc/self/fd");

    final int fd;
    final long inode;

    Wanted(int fd, long inode) {
        this.fd = fd;
        this.inode = inode;
    }

    /** Whether the descriptor is this very socket, now. */
    boolean isStillIt() {
        try {
            Path link = Files.readSymbolicLink(OWN_DESCRIPTORS.resolve(Integer.toString(fd)));
            return link.toString().equals("socket:[" + inode + "]");
        } catch (Exception e) {
            return false;
        }
    }
}
