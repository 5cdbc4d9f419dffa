package lastack.jvm;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import lastack.kernel.process.Privileges;
import lastack.model.UnavailableException;

/**
 * A heap dump while it lasts. As soon as it is whole it is opened and loses its name, so that it is gone with whoever reads it; before
 * that a signal that ends lastack deletes it.
 */
final class DumpFile implements AutoCloseable {
    /** HotSpot writes to files that end so. */
    private static final String ENDING = ".hprof";

    private final AgentFolder folder;
    private final String name = "heap." + AgentFolder.token() + ENDING;
    private final Thread deleteAtEnd = new Thread(this::deleteAsItsUser, "lastack heap dump");

    DumpFile(AgentFolder folder) {
        this.folder = folder;
        Runtime.getRuntime().addShutdownHook(deleteAtEnd);
    }

    /** As the JVM sees it. */
    Path path() {
        return folder.path().resolve(name);
    }

    /** Tells the agent that the dump is wanted; without that it deletes what it has written. To be called as the JVM's user. */
    boolean want() throws IOException {
        Files.createFile(folder.here(name + ".wanted"));
        return true;
    }

    /** To be called as the JVM's user. */
    FileChannel open() throws IOException {
        FileChannel file = FileChannel.open(folder.here(name), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        delete();
        return file;
    }

    /** With what belongs to it; some JVMs write it in parts. */
    private boolean delete() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.here(""), name + "*")) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
        return true;
    }

    private void deleteAsItsUser() {
        try (Footing footing = new Footing(folder.jvm(), Privileges.own())) {
            footing.run(Duration.ofSeconds(2), this::delete);
        } catch (UnavailableException e) {
            // It has ended, and its agent has cleared up.
            return;
        }
    }

    /** Deletes it where it was not opened. */
    @Override
    public void close() {
        deleteAsItsUser();
        try {
            Runtime.getRuntime().removeShutdownHook(deleteAtEnd);
        } catch (IllegalStateException e) {
            // It runs already.
            return;
        }
    }
}
