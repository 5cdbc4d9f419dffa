package lastack.jvm;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import lastack.model.UnavailableException;

/** A heap dump for somebody who wants to keep it. It has every secret of the program in it, so nobody else may read it. */
final class DumpCopy {
    private DumpCopy() {}

    static void write(FileChannel dump, Path file) throws UnavailableException {
        try {
            copy(dump, file);
        } catch (FileAlreadyExistsException e) {
            throw new UnavailableException(
                    file.toString(), "there is a file of this name", "remove it, or name another to --keep");
        } catch (IOException e) {
            throw new UnavailableException(
                    file.toString(), "cannot be written: " + e.getMessage(), "name another place to --keep");
        }
    }

    private static void copy(FileChannel dump, Path file) throws IOException {
        FileChannel copy = FileChannel.open(
                file,
                Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (copy) {
            for (long done = 0; done < dump.size(); ) {
                done += dump.transferTo(done, dump.size() - done, copy);
            }
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }
}
