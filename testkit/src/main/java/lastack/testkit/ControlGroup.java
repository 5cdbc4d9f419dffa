package lastack.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A control group of a given path, as a container runtime or systemd would make it; removed when closed. */
public final class ControlGroup implements AutoCloseable {
    /** cgroup v2 alone, v2 beside v1, v1 alone (systemd's own hierarchy). */
    private static final List<Path> ROOTS =
            List.of(Path.of("/sys/fs/cgroup"), Path.of("/sys/fs/cgroup/unified"), Path.of("/sys/fs/cgroup/systemd"));

    private final Path root;
    private final Path group;

    private ControlGroup(Path root, Path group) {
        this.root = root;
        this.group = group;
    }

    /** Makes it, such as {@code system.slice/docker-ID.scope} (root). */
    public static ControlGroup make(String path) {
        Path root = ROOTS.stream()
                .filter(candidate -> Files.isWritable(candidate.resolve("cgroup.procs")))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no control groups can be made under " + ROOTS));
        Path group = root.resolve(path);
        try {
            Files.createDirectories(group);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ControlGroup(root, group);
    }

    /** Moves a process there. */
    public void add(long pid) {
        write("cgroup.procs", Long.toString(pid));
    }

    /** Where its files are. */
    public Path directory() {
        return group;
    }

    /** Keeps its processes from running until {@link #thaw} (version 2 only). */
    public void freeze() {
        freeze("1");
    }

    /** Lets them run again. */
    public void thaw() {
        freeze("0");
    }

    private void freeze(String value) {
        write("cgroup.freeze", value);
        Deadline.await(
                "frozen " + value,
                () -> Optional.of(value).filter(wanted -> isFrozen(wanted)),
                () -> group.resolve("cgroup.events"));
    }

    private boolean isFrozen(String value) {
        try {
            return Files.readString(group.resolve("cgroup.events")).contains("frozen " + value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String file, String value) {
        try {
            Files.writeString(group.resolve(file), value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its processes must have ended; parents that others use too stay. */
    @Override
    public void close() {
        Deadline.await(
                group + " is empty", () -> Optional.of(group).filter(ControlGroup::removed), () -> "processes in it");
        for (Path parent = group.getParent(); !root.equals(parent); parent = parent.getParent()) {
            if (!removed(Objects.requireNonNull(parent))) {
                return;
            }
        }
    }

    private static boolean removed(Path directory) {
        try {
            return Files.deleteIfExists(directory) || Files.notExists(directory);
        } catch (IOException e) {
            return false;
        }
    }
}
