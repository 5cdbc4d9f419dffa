package lastack.filter;

import java.nio.file.Files;
import java.nio.file.Path;
import lastack.host.CgroupTree;
import org.jspecify.annotations.Nullable;

/** Finds a cgroup by its path below the cgroup v2 mount or by its directory, as ss does. */
final class CgroupPath {
    private CgroupPath() {}

    /** The path below the mount, or null when there is no such cgroup or no such mount. */
    static @Nullable String find(Path root, String path) {
        String mount = CgroupTree.mount(root).orElse(null);
        if (mount == null || path.indexOf('\0') >= 0) {
            return null;
        }
        boolean whole = path.equals(mount) || path.startsWith(mount + '/');
        String inside = trimmed(whole ? path.substring(mount.length()) : path);
        Path directory = root.resolve(mount.substring(1)).resolve(inside);
        return Files.isDirectory(directory) ? '/' + inside : null;
    }

    private static String trimmed(String path) {
        int start = 0;
        int end = path.length();
        while (start < end && path.charAt(start) == '/') {
            start++;
        }
        while (end > start && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(start, end);
    }
}
