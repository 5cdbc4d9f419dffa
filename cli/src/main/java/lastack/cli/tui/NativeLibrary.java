package lastack.cli.tui;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder JLine unpacks its native part into: one that nobody else can write to, and that is gone as soon as the part is loaded.
 * JLine itself would leave the files in {@code /tmp}, for it counts on an orderly end of the JVM.
 */
final class NativeLibrary implements AutoCloseable {
    private final Path folder;

    private NativeLibrary(Path folder) {
        this.folder = folder;
    }

    static NativeLibrary unpacked() throws IOException {
        Path folder = Files.createTempDirectory("lastack-");
        System.setProperty("jline.tmpdir", folder.toString());
        return new NativeLibrary(folder);
    }

    @Override
    public void close() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
