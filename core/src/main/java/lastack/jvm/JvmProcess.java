package lastack.jvm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lastack.kernel.process.Privileges;
import lastack.kernel.process.ProcStat;
import lastack.kernel.process.UserOf;
import lastack.model.Owner;
import lastack.model.ProcessId;
import lastack.model.TcpSocket;

/**
 * A process that may be a JVM, as seen from outside; nothing of it is touched.
 *
 * @param id the process
 * @param comm its short name
 * @param user whom it runs as
 * @param library the path of its {@code libjvm.so} in its own mount namespace; empty when none is loaded
 * @param options the options it was started with, from the command line and from {@code JAVA_TOOL_OPTIONS} and its kin
 */
public record JvmProcess(ProcessId id, String comm, UserOf user, String library, List<String> options) {
    private static final int SIGQUIT = 3;
    private static final List<String> VARIABLES = List.of("JAVA_TOOL_OPTIONS=", "JDK_JAVA_OPTIONS=", "_JAVA_OPTIONS=");

    /** The name of the pipe in the agent's folder. */
    static final String QUESTIONS = "questions";

    /** How the agent's folders begin. */
    static final String FOLDER = "lastack-";

    @SuppressWarnings("exports") // The type is of no use outside this module.
    public JvmProcess {}

    /**
     * Reads it.
     *
     * @throws IOException when it has ended, or belongs to somebody else
     */
    public static JvmProcess read(int pid) throws IOException {
        ProcStat stat = ProcStat.read(pid);
        UserOf user = UserOf.process(pid);
        Path proc = Path.of("/proc/" + pid);
        return new JvmProcess(new ProcessId(pid, stat.startTime()), stat.comm(), user, library(proc), options(proc));
    }

    private static String library(Path proc) throws IOException {
        String found = "";
        for (String line : lines(proc.resolve("maps"))) {
            if (line.contains("libj9vm") || (found.isEmpty() && line.endsWith("/libjvm.so"))) {
                found = line.substring(line.indexOf('/'));
            }
        }
        return found;
    }

    private static List<String> lines(Path file) throws IOException {
        return List.of(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).split("\n", -1));
    }

    private static List<String> options(Path proc) throws IOException {
        List<String> options = new ArrayList<>(words(proc.resolve("cmdline")));
        for (String variable : words(proc.resolve("environ"))) {
            for (String name : VARIABLES) {
                if (variable.startsWith(name)) {
                    options.addAll(List.of(variable.substring(name.length()).split("\\s+", -1)));
                }
            }
        }
        return options;
    }

    private static List<String> words(Path file) throws IOException {
        return List.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\0", -1));
    }

    /** {@code java[4711]}. */
    public String label() {
        return comm + '[' + id.pid() + ']';
    }

    /** The descriptors through which it holds a socket. */
    IntStream descriptors(TcpSocket socket) {
        return socket.owners().stream()
                .filter(owner -> owner.process().equals(id))
                .mapToInt(Owner::fd);
    }

    /** Whether it is the kind of JVM that can be gone into. */
    boolean isHotSpot() {
        return library.endsWith("/libjvm.so") && !isOpenJ9();
    }

    boolean isOpenJ9() {
        return library.contains("j9");
    }

    /** Whether it was started with this option and not with the opposite behind it. */
    boolean hasFlag(char sign, String name) {
        boolean has = false;
        for (String option : options) {
            if (option.startsWith("-XX:") && option.endsWith(name)) {
                has = option.charAt("-XX:".length()) == sign;
            }
        }
        return has;
    }

    /** The version of its Java, such as {@code 17.0.13}, from the JDK's own file {@code release}; nothing when that is not there. */
    Optional<String> version() {
        Path home = Path.of(library).getParent();
        for (Path at = home; at != null; at = at.getParent()) {
            Optional<String> told = versionIn(inside(at.resolve("release")));
            if (told.isPresent()) {
                return told;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> versionIn(Path release) {
        try (Stream<String> lines = Files.lines(release)) {
            return lines.filter(line -> line.startsWith("JAVA_VERSION="))
                    .map(line -> line.substring("JAVA_VERSION=".length()).replace("\"", ""))
                    .findFirst();
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty();
        }
    }

    /** Whether it says on its own standard error that an agent came (JEP 451, from Java 21 on). */
    boolean warns() {
        return !hasFlag('+', "EnableDynamicAgentLoading")
                && version().map(JvmProcess::feature).orElse(0) >= 21;
    }

    private static int feature(String version) {
        String number = version.startsWith("1.") ? version.substring(2) : version;
        String first = number.split("[.\\-+_]", 2)[0];
        return first.chars().allMatch(Character::isDigit) && !first.isEmpty() ? Integer.parseInt(first) : 0;
    }

    /** A path as the process sees it, from here. */
    Path inside(Path path) {
        return Path.of("/proc/" + id.pid() + "/root" + path);
    }

    boolean hasEnded() {
        return ProcStat.startTime(id.pid()) != id.startTime();
    }

    boolean isStopped() {
        int state = ProcStat.state(id.pid()).orElse('?');
        return state == 'T' || state == 't';
    }

    /** Whether SIGQUIT, with which a JVM is asked to listen, would not end it. */
    boolean catchesQuit() throws IOException {
        for (String line : lines(Path.of("/proc/" + id.pid() + "/status"))) {
            if (line.startsWith("SigCgt:")) {
                long caught = Long.parseUnsignedLong(
                        line.substring("SigCgt:".length()).trim(), 16);
                return (caught >>> (SIGQUIT - 1) & 1) == 1;
            }
        }
        return false;
    }

    /** The folder of the agent that is in it, as the process sees it; nothing while none is. */
    Optional<Path> agentFolder() {
        return agentFolder(id.pid());
    }

    static Optional<Path> agentFolder(int pid) {
        try (DirectoryStream<Path> links = Files.newDirectoryStream(Path.of("/proc/" + pid + "/fd"))) {
            for (Path link : links) {
                Optional<Path> folder = agentFolder(link);
                if (folder.isPresent()) {
                    return folder;
                }
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static Optional<Path> agentFolder(Path link) {
        try {
            Path file = Files.readSymbolicLink(link);
            Path folder = file.getParent();
            if (folder == null || !file.endsWith(QUESTIONS)) {
                return Optional.empty();
            }
            String name = folder.getFileName().toString();
            return name.startsWith(FOLDER) ? Optional.of(Path.of("/tmp", name)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Whether lastack may go into it. */
    boolean isOpenTo(Privileges privileges) {
        return user.isOpenTo(privileges);
    }
}
