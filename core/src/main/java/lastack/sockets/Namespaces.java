package lastack.sockets;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import lastack.kernel.Errno;
import lastack.kernel.Fd;
import lastack.kernel.KernelException;
import lastack.kernel.NetNs;
import lastack.kernel.process.ProcStat;
import lastack.model.NetNamespace;
import lastack.model.UnavailableException;
import lastack.model.Workload;
import org.jspecify.annotations.Nullable;

/** The network namespaces of this host: which there are, and how to work inside one. */
public final class Namespaces {
    private static final Path NAMED = Path.of("/run/netns");
    private static final Path PROC = Path.of("/proc");
    private static final Path INIT = PROC.resolve("1/ns/net");

    private Namespaces() {}

    /** The namespace of the calling thread. */
    public static NetNamespace self() throws UnavailableException {
        try {
            long inode = NetNs.current();
            return new NetNamespace(inode, named().get(inode));
        } catch (IOException e) {
            throw new UnavailableException("network namespace", "cannot read /proc/thread-self/ns/net", "mount /proc");
        }
    }

    /** The namespace a path of {@link #pathOf} leads to; inode 0 where entering it will tell why it may not be looked at. */
    static NetNamespace at(Path path) {
        Optional<Long> inode = inode(path);
        if (inode.isEmpty()) {
            return new NetNamespace(0, null);
        }
        String name = named().get(inode.get());
        boolean host = inode.equals(inode(INIT));
        return new NetNamespace(inode.get(), name != null || host ? name : labelOf(path, inode));
    }

    /** That of the process the path is of; else of the first that has one. Mostly the walk over the processes is not needed. */
    private static @Nullable String labelOf(Path path, Optional<Long> inode) {
        Optional<String> label = path.startsWith(PROC) && path.getNameCount() == 4
                ? label(PROC.resolve(path.getName(1)))
                : Optional.empty();
        for (Path process : label.isPresent() ? List.<Path>of() : list(PROC, "[0-9]*")) {
            if (inode(process.resolve("ns/net")).equals(inode)) {
                label = label(process);
            }
            if (label.isPresent()) {
                break;
            }
        }
        return label.orElse(null);
    }

    /**
     * Every namespace that has a name or a visible process in it, this thread's own first, with a path to enter it by.
     *
     * <p>One that {@code ip netns} does not know is named by the container, pod or service of a process in it; but the host's own
     * is not, nor is this thread's where it cannot be told whether it is that.
     */
    public static Map<NetNamespace, Path> all() throws UnavailableException {
        Map<Long, String> names = named();
        Map<Long, Path> paths = new LinkedHashMap<>();
        long self = self().inode();
        paths.put(self, PROC.resolve("thread-self/ns/net"));
        names.forEach((inode, name) -> paths.putIfAbsent(inode, NAMED.resolve(name)));
        Optional<Long> host = inode(INIT);
        for (Path process : list(PROC, "[0-9]*")) {
            Path path = process.resolve("ns/net");
            inode(path).ifPresent(inode -> {
                paths.putIfAbsent(inode, path);
                if (!names.containsKey(inode) && !inode.equals(host.orElse(self))) {
                    label(process).ifPresent(label -> names.put(inode, label));
                }
            });
        }
        Map<NetNamespace, Path> found = new LinkedHashMap<>();
        paths.forEach((inode, path) -> found.put(new NetNamespace(inode, names.get(inode)), path));
        return found;
    }

    private static Optional<String> label(Path process) {
        return Optional.ofNullable(workload(process).label());
    }

    private static Workload workload(Path process) {
        try {
            return CgroupMembership.read(Files.readString(process.resolve("cgroup"), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Workload.NONE;
        }
    }

    /** Whether {@code ip netns} knows it by its name; a container's is only named here. */
    public static boolean isNamed(NetNamespace namespace) {
        return namespace.name() != null
                && inode(NAMED.resolve(namespace.name())).equals(Optional.of(namespace.inode()));
    }

    /** Whether there are processes whose namespace this user may not look at, or which {@code hidepid} conceals. */
    static boolean someAreHidden() {
        return !Files.exists(PROC.resolve("1")) || list(PROC, "[0-9]*").stream().anyMatch(Namespaces::isHidden);
    }

    /** One that has ended has no namespace any more, though its parent has not waited for it yet; it hides nothing. */
    static boolean isHidden(Path process) {
        if (Files.exists(process.resolve("ns/net"))) {
            return false;
        }
        int state = ProcStat.state(Integer.parseInt(process.getFileName().toString()))
                .orElse('X');
        return state != 'Z' && state != 'X';
    }

    /**
     * The path of the namespace a user names.
     *
     * @param name a name under {@code /run/netns}, a pid, an inode number, a container's name or the beginning of its id, a pod's
     *     uid, or a systemd service
     * @throws UnavailableException when there is none of that name
     */
    public static Path pathOf(String name) throws UnavailableException {
        if (Files.isRegularFile(NAMED.resolve(name))) {
            return NAMED.resolve(name);
        }
        boolean number = !name.isEmpty() && name.chars().allMatch(c -> c >= '0' && c <= '9');
        if (number && Files.exists(PROC.resolve(name).resolve("ns"))) {
            return PROC.resolve(name).resolve("ns/net");
        }
        return number ? pathOfInode(name) : pathOfWorkload(name);
    }

    private static Path pathOfInode(String inode) throws UnavailableException {
        for (Map.Entry<NetNamespace, Path> entry : all().entrySet()) {
            if (Long.toString(entry.getKey().inode()).equals(inode)) {
                return entry.getValue();
            }
        }
        return pathOfWorkload(inode);
    }

    private static Path pathOfWorkload(String name) throws UnavailableException {
        Map<Long, Path> found = new LinkedHashMap<>();
        for (Path process : list(PROC, "[0-9]*")) {
            if (workload(process).isCalled(name)) {
                Path path = process.resolve("ns/net");
                inode(path).ifPresent(inode -> found.putIfAbsent(inode, path));
            }
        }
        if (found.size() == 1) {
            return found.values().iterator().next();
        }
        if (!found.isEmpty()) {
            throw new UnavailableException(
                    "network namespace " + name,
                    "its processes are in several: " + found.keySet(),
                    "name the one that is meant by its number");
        }
        throw new UnavailableException(
                "network namespace " + name,
                "no such name under /run/netns, no such process, inode, container, pod or service",
                "see what there is with: lastack ls --netns all --format wide");
    }

    /**
     * Does the work inside the namespace a user names.
     *
     * @param netns {@code self}, then on the calling thread, or as for {@link #pathOf}
     */
    public static <T> T in(String netns, Callable<T> work) throws UnavailableException {
        try (OpenNamespace namespace = OpenNamespace.named(netns)) {
            return namespace.call(work);
        }
    }

    /** A descriptor of the namespace at a path, which keeps it. */
    static Fd entrance(Path path) throws UnavailableException {
        try {
            return Fd.open(path.toString(), Fd.READ_ONLY);
        } catch (KernelException e) {
            throw unavailable(path, e);
        }
    }

    /** Does the work on a thread of its own inside the namespace ({@code CAP_SYS_ADMIN}) and waits for it. */
    public static <T> T inside(Path namespace, Callable<T> work) throws UnavailableException {
        FutureTask<T> task = new FutureTask<>(() -> {
            NetNs.enter(namespace);
            return work.call();
        });
        Thread.ofPlatform().name("netns").start(task);
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw unavailable(namespace, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("network namespace " + namespace, "interrupted", "try again");
        }
    }

    /** Does the work on the calling thread; what fails there is told as {@link #inside} does. */
    static <T> T here(Callable<T> work) throws UnavailableException {
        try {
            return work.call();
        } catch (Exception e) {
            throw unavailable(PROC.resolve("thread-self/ns/net"), e);
        }
    }

    /** What a descriptor of ours was opened by; any other path as it is. */
    private static Path behind(Path path) {
        try {
            return path.startsWith("/proc/self/fd") ? Files.readSymbolicLink(path) : path;
        } catch (IOException e) {
            return path;
        }
    }

    /** Carries the kernel's answer as its cause. */
    static UnavailableException unavailable(Path namespace, @Nullable Throwable cause) {
        if (cause instanceof UnavailableException already) {
            return already;
        }
        UnavailableException told = told(namespace, cause);
        told.initCause(cause);
        return told;
    }

    private static UnavailableException told(Path namespace, @Nullable Throwable cause) {
        String what = "network namespace " + behind(namespace);
        if (cause instanceof KernelException kernel && (kernel.is(Errno.EPERM) || kernel.is(Errno.EACCES))) {
            return new UnavailableException(
                    what,
                    "entering it: " + kernel.errno().name(),
                    "run as root, or with CAP_SYS_ADMIN and CAP_SYS_PTRACE");
        }
        if (cause instanceof KernelException kernel && kernel.is(Errno.EINVAL)) {
            return new UnavailableException(
                    what, "this file stands for no network namespace", "see the names with: ip netns list");
        }
        return new UnavailableException(
                what, cause == null ? "failed" : String.valueOf(cause.getMessage()), "look again; it may be gone");
    }

    private static Map<Long, String> named() {
        Map<Long, String> names = new HashMap<>();
        for (Path path : list(NAMED, "*")) {
            inode(path).ifPresent(inode -> names.put(inode, path.getFileName().toString()));
        }
        return names;
    }

    private static Optional<Long> inode(Path path) {
        try {
            return Optional.of(NetNs.inodeOf(path));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static List<Path> list(Path directory, String glob) {
        List<Path> paths = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory, glob)) {
            stream.forEach(paths::add);
        } catch (IOException | DirectoryIteratorException e) {
            return paths;
        }
        return paths;
    }
}
