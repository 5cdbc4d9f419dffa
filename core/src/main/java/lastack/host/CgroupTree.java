package lastack.host;

import java.nio.file.Path;
import java.util.Optional;

/** Where the cgroup v2 tree is mounted. */
public final class CgroupTree {
    private CgroupTree() {}

    /** The directory {@code /proc/self/mounts} names below this root; nothing where there is no such tree. */
    public static Optional<String> mount(Path root) {
        for (String line : TextFile.lines(root.resolve("proc/self/mounts"))) {
            String[] fields = line.trim().split("\\s+", 4);
            if (fields.length >= 3 && fields[2].equals("cgroup2")) {
                return Optional.of(fields[1]);
            }
        }
        return Optional.empty();
    }
}
