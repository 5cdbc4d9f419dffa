package lastack.sockets;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import lastack.kernel.Fd;
import lastack.model.UnavailableException;
import org.jspecify.annotations.Nullable;

/** A network namespace to work in more than once; it stays when the process it was named by ends meanwhile. */
public final class OpenNamespace implements AutoCloseable {
    /** Nothing for that of the calling thread, which it takes no privilege to work in. */
    private final @Nullable Fd fd;

    private OpenNamespace(@Nullable Fd fd) {
        this.fd = fd;
    }

    /**
     * Opens the namespace a user names.
     *
     * @param name {@code self}, or what {@link Namespaces#pathOf} takes
     */
    public static OpenNamespace named(String name) throws UnavailableException {
        if (name.equals("self")) {
            return new OpenNamespace(null);
        }
        return new OpenNamespace(Namespaces.entrance(Namespaces.pathOf(name)));
    }

    /** Does the work in it ({@code CAP_SYS_ADMIN} unless it is the caller's own). */
    public <T> T call(Callable<T> work) throws UnavailableException {
        return fd == null ? Namespaces.here(work) : Namespaces.inside(Path.of(fd.path()), work);
    }

    @Override
    public void close() {
        if (fd != null) {
            fd.close();
        }
    }
}
