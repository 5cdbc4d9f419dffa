package lastack.sockets;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** From a cgroup's id to its path: in the cgroup v2 tree the id is the directory's inode. Read when first asked. */
final class CgroupPaths {
    private @Nullable Map<Long, String> paths;

    /** The path below the root of the tree, such as {@code /system.slice/nginx.service}, or null. */
    @Nullable
    String of(long id) {
        if (id == 0) {
            return null;
        }
        Map<Long, String> known = paths;
        if (known == null) {
            known = mountPoint().map(CgroupPaths::read).orElse(Map.of());
            paths = known;
        }
        return known.get(id);
    }

    private static Optional<Path> mountPoint() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/mounts"), StandardCharsets.ISO_8859_1)) {
                String[] fields = line.split(" ", 4);
                if (fields.length == 4 && fields[2].equals("cgroup2")) {
                    return Optional.of(Path.of(fields[1]));
                }
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        return Optional.empty();
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
