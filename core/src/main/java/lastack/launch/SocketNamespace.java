package lastack.launch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import lastack.kernel.Fd;
import lastack.kernel.KernelException;
import lastack.kernel.NetNs;
import lastack.model.UnavailableException;
import lastack.sockets.Namespaces;
import org.jspecify.annotations.Nullable;

/** The network namespace a program's socket was made in. */
final class SocketNamespace implements AutoCloseable {
    private final Fd fd;
    private final Path path;
    private final long inode;

    private SocketNamespace(Fd fd, Path path, long inode) {
        this.fd = fd;
        this.path = path;
        this.inode = inode;
    }

    /** That of a call that waits. */
    static SocketNamespace of(HeldCall call) throws KernelException, UnavailableException {
        Fd fd = open(call);
        try {
            Path path = Path.of(fd.path());
            return new SocketNamespace(fd, path, NetNs.inodeOf(path));
        } catch (IOException e) {
            fd.close();
            throw unavailable(e);
        }
    }

    /** Where one may not ask the socket ({@code CAP_NET_ADMIN}), the namespace of its process must do, if that still waits. */
    private static Fd open(HeldCall call) throws KernelException {
        try {
            return NetNs.of(call.fd());
        } catch (KernelException e) {
            return Fd.open("/proc/" + call.caller().tid() + "/ns/net", Fd.READ_ONLY);
        }
    }

    /** Its inode. */
    long inode() {
        return inode;
    }

    /** Does the work in it; takes {@code CAP_SYS_ADMIN} where it is not lastack's own. */
    <T extends @Nullable Object> T inside(Callable<T> work) throws UnavailableException {
        try {
            return inode == NetNs.current() ? work.call() : Namespaces.inside(path, work);
        } catch (UnavailableException e) {
            throw e;
        } catch (IOException | KernelException e) {
            throw unavailable(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static UnavailableException unavailable(Exception e) {
        return new UnavailableException(
                "the program's network namespace", String.valueOf(e.getMessage()), "see lastack doctor");
    }

    @Override
    public void close() {
        fd.close();
    }
}
