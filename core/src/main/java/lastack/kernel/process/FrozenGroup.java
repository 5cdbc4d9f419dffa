package lastack.kernel.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A control group whose processes the kernel keeps from running: {@code cgroup.freeze} of version 2 (Linux 5.2),
 * {@code freezer.state} of version 1 (Documentation/admin-guide/cgroup-v2.rst and cgroup-v1/freezer-subsystem.rst). A frozen process
 * looks asleep; neither its state nor its threads tell.
 *
 * @param file what says that it is frozen
 * @param switches the files that were told to freeze it, its own and those of groups above; each has to be told otherwise
 * @param thaw what to write into them
 */
public record FrozenGroup(Path file, List<Path> switches, String thaw) {
    private static final String V2 = "cgroup2";
    private static final String FREEZER = "freezer";

    /** The frozen group a process is in; nothing when it may run, or where its group is out of sight. */
    public static Optional<FrozenGroup> of(int pid) {
        return of(Path.of("/"), pid);
    }

    static Optional<FrozenGroup> of(Path root, int pid) {
        for (String line : lines(root.resolve("proc/" + pid + "/cgroup"))) {
            String[] fields = line.split(":", 3);
            if (fields.length < 3) {
                continue;
            }
            Optional<FrozenGroup> frozen = Optional.empty();
            if (fields[0].equals("0")) {
                frozen = directory(root, V2, fields[2]).flatMap(FrozenGroup::byEvents);
            } else if (List.of(fields[1].split(",", -1)).contains(FREEZER)) {
                frozen = directory(root, FREEZER, fields[2]).flatMap(FrozenGroup::byState);
            }
            if (frozen.isPresent()) {
                return frozen;
            }
        }
        return Optional.empty();
    }

    private static Optional<FrozenGroup> byEvents(Path directory) {
        Path events = directory.resolve("cgroup.events");
        return lines(events).contains("frozen 1")
                ? Optional.of(new FrozenGroup(events, upwards(directory, "cgroup.freeze", "cgroup.freeze"), "0"))
                : Optional.empty();
    }

    private static Optional<FrozenGroup> byState(Path directory) {
        Path state = directory.resolve("freezer.state");
        List<String> lines = lines(state);
        return lines.contains("FROZEN") || lines.contains("FREEZING")
                ? Optional.of(
                        new FrozenGroup(state, upwards(directory, "freezer.self_freezing", "freezer.state"), "THAWED"))
                : Optional.empty();
    }

    /** The groups from this one to the root of the tree of which a file says 1; that is, their switches. */
    private static List<Path> upwards(Path directory, String asked, String told) {
        List<Path> found = new ArrayList<>();
        for (Path at = directory; at != null && Files.exists(at.resolve("cgroup.procs")); at = at.getParent()) {
            if (lines(at.resolve(asked)).contains("1")) {
                found.add(at.resolve(told));
            }
        }
        return List.copyOf(found);
    }

    /**
     * Where the group's files are. Of {@code /proc/self/mountinfo} (proc_pid_mountinfo(5)): the root within the tree, field 4, the
     * mount point, field 5, and behind a hyphen the type, the source and the options.
     */
    private static Optional<Path> directory(Path root, String tree, String group) {
        for (String line : lines(root.resolve("proc/self/mountinfo"))) {
            String[] halves = line.split(" - ", 2);
            String[] mount = halves[0].split(" ", -1);
            String[] kind = halves[halves.length - 1].split(" ", -1);
            if (halves.length == 2 && mount.length >= 5 && kind.length >= 3 && isTree(tree, kind)) {
                Optional<String> below = below(mount[3], group);
                if (below.isPresent()) {
                    return path(root, unescaped(mount[4]) + below.get());
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isTree(String tree, String... kind) {
        return tree.equals(V2)
                ? kind[0].equals(V2)
                : kind[0].equals("cgroup") && List.of(kind[2].split(",", -1)).contains(tree);
    }

    /** A group above the namespace's own root is out of sight ({@code /../other}). */
    private static Optional<String> below(String mounted, String group) {
        if (group.startsWith("/..") || mounted.startsWith("/..")) {
            return Optional.empty();
        }
        if (mounted.equals("/")) {
            return Optional.of(group);
        }
        boolean inside = group.equals(mounted) || group.startsWith(mounted + "/");
        return inside ? Optional.of(group.substring(mounted.length())) : Optional.empty();
    }

    private static Optional<Path> path(Path root, String absolute) {
        try {
            return Optional.of(root.resolve(absolute.substring(1)));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static String unescaped(String mountPoint) {
        return mountPoint.replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\");
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return List.of();
        }
    }
}
