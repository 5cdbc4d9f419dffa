package lastack.sockets;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import lastack.host.CgroupTree;
import org.jspecify.annotations.Nullable;

/** From a cgroup's id to its path: in the cgroup v2 tree the id is the directory's inode. Read when first asked. */
final class CgroupPaths {
    private static final Path ROOT = Path.of("/");

    private @Nullable Map<Long, String> paths;

    /** The path below the root of the tree, such as {@code /system.slice/nginx.service}, or null. */
    @Nullable
    String of(long id) {
        if (id == 0) {
            return null;
        }
        Map<Long, String> known = paths;
        if (known == null) {
            known = CgroupTree.mount(ROOT).map(Path::of).map(CgroupPaths::read).orElse(Map.of());
            paths = known;
        }
        return known.get(id);
    }

    private static Map<Long, String> read(Path root) {
        Map<Long, String> paths = new HashMap<>();
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                        throws IOException {
                    Long inode = (Long) Files.getAttribute(directory, "unix:ino");
                    paths.put(inode, "/" + root.relativize(directory));
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            return paths;
        }
        return paths;
    }
}
