package lastack.kernel.trace;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import lastack.kernel.Fd;
import lastack.kernel.Kernel;
import lastack.kernel.KernelException;
import lastack.kernel.Syscall;
import org.jspecify.annotations.Nullable;

/**
 * The file system that describes the kernel's tracepoints.
 *
 * <p>Where nobody has mounted it, or {@code ip netns exec} has put another {@code /sys} over it, it is mounted on nothing but a
 * descriptor of our own (fsopen(2), Linux 5.2; {@code CAP_SYS_ADMIN}): no other process sees that, and it goes with the descriptor.
 */
public final class TraceFs implements AutoCloseable {
    private static final List<Path> USUAL =
            List.of(Path.of("/sys/kernel/tracing"), Path.of("/sys/kernel/debug/tracing"));

    /** {@code FSOPEN_CLOEXEC} and {@code FSMOUNT_CLOEXEC}. */
    private static final int CLOEXEC = 1;

    private static final int FSCONFIG_CMD_CREATE = 6;

    /** {@code MOUNT_ATTR_} {@code RDONLY}, {@code NOSUID}, {@code NODEV}, {@code NOEXEC}. */
    private static final int ATTRIBUTES = 1 | 2 | 4 | 8;

    private final Path root;
    private final @Nullable Fd mount;

    private TraceFs(Path root, @Nullable Fd mount) {
        this.root = root;
        this.mount = mount;
    }

    /**
     * Finds it, or mounts it.
     *
     * @throws KernelException where it is mounted nowhere: EPERM without {@code CAP_SYS_ADMIN}, ENODEV in a kernel without it
     */
    public static TraceFs open() throws KernelException {
        for (Path usual : USUAL) {
            if (Files.isDirectory(usual.resolve("events"))) {
                return new TraceFs(usual, null);
            }
        }
        return mounted();
    }

    static TraceFs mounted() throws KernelException {
        ByteBuffer type = Kernel.cString("tracefs");
        long opened = Kernel.call(Syscall.FSOPEN, Kernel.address(type), CLOEXEC);
        Reference.reachabilityFence(type);
        try (Fd context = new Fd((int) Kernel.check(opened, Syscall.FSOPEN, "tracefs"))) {
            long made = Kernel.call(Syscall.FSCONFIG, context.number(), FSCONFIG_CMD_CREATE, 0, 0, 0);
            Kernel.check(made, Syscall.FSCONFIG, "tracefs");
            long mount = Kernel.call(Syscall.FSMOUNT, context.number(), CLOEXEC, ATTRIBUTES);
            Fd fd = new Fd((int) Kernel.check(mount, Syscall.FSMOUNT, "tracefs"));
            return new TraceFs(Path.of(fd.path()), fd);
        }
    }

    /**
     * What is known of a tracepoint.
     *
     * @param name as {@code sock/inet_sock_set_state}
     * @throws java.nio.file.NoSuchFileException in a kernel without it
     * @throws java.nio.file.AccessDeniedException without the right to read it (root, or {@code CAP_DAC_READ_SEARCH})
     */
    public EventFormat format(String name) throws IOException {
        Path file = root.resolve("events").resolve(name).resolve("format");
        return EventFormat.parse(Files.readString(file, StandardCharsets.US_ASCII));
    }

    @Override
    public void close() {
        if (mount != null) {
            mount.close();
        }
    }
}
