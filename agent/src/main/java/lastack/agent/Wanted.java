package lastack.agent;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import org.jspecify.annotations.Nullable;

/** One descriptor that is asked about, and the socket it had when lastack looked from outside. */
final class Wanted {
    private static final Path OWN_DESCRIPTORS = Paths.get("/proc/self/fd");

    final int fd;
    final long inode;

    Wanted(int fd, long inode) {
        this.fd = fd;
        this.inode = inode;
    }

    /** The socket on a descriptor, or null when it is none. */
    static @Nullable Wanted of(String number) {
        try {
            String link =
                    Files.readSymbolicLink(OWN_DESCRIPTORS.resolve(number)).toString();
            return link.startsWith("socket:[")
                    ? new Wanted(
                            Integer.parseInt(number),
                            Long.parseLong(link.substring("socket:[".length(), link.length() - 1)))
                    : null;
        } catch (Exception e) {
            // Closed meanwhile.
            return null;
        }
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
