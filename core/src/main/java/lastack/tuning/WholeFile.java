package lastack.tuning;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** Replaces a file as a whole: a reader sees the old lines or the new ones, also after a crash. */
final class WholeFile {
    private WholeFile() {}

    /** Its lines; one byte is one character, so that whatever somebody else wrote stays. None where there is no file. */
    static List<String> lines(Path file) throws IOException {
        return Files.exists(file) ? Files.readAllLines(file, ISO_8859_1) : List.of();
    }

    /** Puts these lines there; without any, the file goes. */
    static void replace(Path file, List<String> lines) throws IOException {
        if (lines.isEmpty()) {
            Files.deleteIfExists(file);
            return;
        }
        Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
        Path draft = Files.createTempFile(folder, "." + file.getFileName(), "");
        try {
            write(draft, lines);
            Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rw-r--r--"));
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** On the disk before the name points to it: else a crash may leave an empty file of that name. */
    private static void write(Path draft, List<String> lines) throws IOException {
        ByteBuffer text = ISO_8859_1.encode(String.join("\n", lines) + "\n");
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            while (text.hasRemaining()) {
                channel.write(text);
            }
            channel.force(true);
        }
    }

    /** Fails where {@link #replace} would, for want of a right or of room for a file. */
    static void tryFolderOf(Path file) throws IOException {
        Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
        Files.delete(Files.createTempFile(folder, "." + file.getFileName(), ""));
    }
}
