package lastack.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import lastack.jvm.Jvm;
import lastack.model.UnavailableException;

/** The agent's jar as a file of its own, for JVMs that are started with it. */
final class AgentFile {
    private AgentFile() {}

    static int save(String file) throws UnavailableException {
        try {
            Files.write(Path.of(file), Jvm.agent(), java.nio.file.StandardOpenOption.CREATE_NEW);
            Diagnostics.note("start the JVM with -javaagent:" + Path.of(file).toAbsolutePath()
                    + ": it notes from its first moment on where sockets are opened; lastack jvm PID asks it");
            return ExitCode.DONE;
        } catch (FileAlreadyExistsException e) {
            throw new UnavailableException(file, "there is a file of this name", "remove it, or name another");
        } catch (IOException e) {
            throw new UnavailableException(file, "cannot be written: " + e, "name another");
        }
    }
}
