package lastack.jvm;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lastack.kernel.Errno;
import lastack.kernel.KernelException;
import lastack.kernel.process.NamedPipe;

/**
 * The folder of the agent in {@code /tmp} of its JVM: the jar, the pipe with the questions, and questions and answers while they
 * last. It belongs to the JVM's user, and only that user can look into it.
 *
 * @param jvm whose
 * @param path as the JVM sees it
 */
record AgentFolder(JvmProcess jvm, Path path) {
    private static final String JAR = "/lastack/jvm/lastack-agent.jar";
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final Pattern OWN_NAME = Pattern.compile(JvmProcess.FOLDER + "[0-9a-f]{16}");
    private static final Pattern OWN_FILE = Pattern.compile("(ask|answer|part|heap)\\..+|agent\\.jar|failed");
    private static final long YOUNG_MILLIS = 60_000;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Makes one, and puts the agent in it. The name cannot be guessed, so nobody can have it before. */
    static AgentFolder make(JvmProcess jvm, byte[] agent) throws IOException, KernelException {
        FileAttribute<Set<PosixFilePermission>> owner = PosixFilePermissions.asFileAttribute(OWNER_ONLY);
        removeAbandoned(jvm);
        AgentFolder folder = new AgentFolder(jvm, Path.of("/tmp").resolve(JvmProcess.FOLDER + token()));
        Files.createDirectory(folder.here(""), owner);
        Files.write(folder.here("agent.jar"), agent);
        NamedPipe.make(folder.here(JvmProcess.QUESTIONS).toString());
        return folder;
    }

    /** Those of JVMs that were killed, where nobody reads the pipe any more, or that ended while there was something in them. */
    private static void removeAbandoned(JvmProcess jvm) throws IOException {
        Path tmp = jvm.inside(Path.of("/tmp"));
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(tmp, JvmProcess.FOLDER + "*")) {
            for (Path folder : folders) {
                String name = folder.getFileName().toString();
                if (OWN_NAME.matcher(name).matches() && isAbandoned(folder)) {
                    new AgentFolder(jvm, Path.of("/tmp").resolve(name)).remove();
                }
            }
        }
    }

    private static boolean isAbandoned(Path folder) {
        try {
            Path pipe = folder.resolve(JvmProcess.QUESTIONS);
            boolean ended = Files.notExists(pipe, LinkOption.NOFOLLOW_LINKS);
            FileTime made = Files.getLastModifiedTime(ended ? folder : pipe);
            if (Files.isRegularFile(pipe) || System.currentTimeMillis() - made.toMillis() < YOUNG_MILLIS) {
                return false;
            }
            if (ended) {
                return hasOnlyOwnFiles(folder);
            }
            NamedPipe.write(pipe.toString(), "\n");
            return false;
        } catch (KernelException e) {
            return e.is(Errno.ENXIO);
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean hasOnlyOwnFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.allMatch(
                    file -> OWN_FILE.matcher(file.getFileName().toString()).matches());
        }
    }

    static String token() {
        return Long.toHexString(RANDOM.nextLong() | Long.MIN_VALUE);
    }

    /** The agent, out of lastack's own jar. */
    static byte[] agent() throws IOException {
        try (InputStream jar = AgentFolder.class.getResourceAsStream(JAR)) {
            if (jar == null) {
                throw new IOException("this lastack was packed without its agent");
            }
            return jar.readAllBytes();
        }
    }

    /** A file of it as it is reached from here. */
    Path here(String name) {
        return jvm.inside(path.resolve(name));
    }

    /** Removes it with all that is in it. */
    void remove() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(here(""))) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(here(""));
    }
}
