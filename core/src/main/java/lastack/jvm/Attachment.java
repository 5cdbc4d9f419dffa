package lastack.jvm;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import com.sun.tools.attach.spi.AttachProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import lastack.model.UnavailableException;

/** Has a JVM load the agent, through the JDK's own {@code jdk.attach}. */
final class Attachment {
    private static final String TIMEOUT = "sun.tools.attach.attachTimeout";

    private Attachment() {}

    /** Loads what must be loaded while this process may still read its own JDK. */
    static void prepare(Duration patience) throws UnavailableException {
        System.setProperty(TIMEOUT, Long.toString(patience.toMillis()));
        try {
            AttachProvider.providers();
            Class.forName("sun.tools.attach.VirtualMachineImpl");
        } catch (ClassNotFoundException | LinkageError e) {
            throw new UnavailableException(
                    "attaching", "this Java has no jdk.attach", "run lastack with a whole JDK 25");
        }
    }

    /** Where a JVM listens once it was asked to. */
    static Path socket(JvmProcess jvm) throws IOException {
        return jvm.inside(Path.of("/tmp/.java_pid" + pidInside(jvm.id().pid())));
    }

    private static int pidInside(int pid) throws IOException {
        String status = Files.readString(Path.of("/proc/" + pid + "/status"), StandardCharsets.ISO_8859_1);
        int line = status.indexOf("\nNSpid:");
        int end = status.indexOf('\n', line + 1);
        return line < 0 ? pid : Integer.parseInt(status.substring(status.lastIndexOf('\t', end) + 1, end));
    }

    /** Has it load the agent from a folder, given as the JVM sees it. */
    static void load(JvmProcess jvm, Path folder) throws UnavailableException, IOException {
        try {
            VirtualMachine machine =
                    VirtualMachine.attach(Integer.toString(jvm.id().pid()));
            try {
                machine.loadAgent(folder.resolve("agent.jar").toString(), folder.toString());
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException e) {
            throw Obstacles.obstacle(
                    jvm, "it does not let anybody attach: " + e.getMessage(), "lastack why works from outside");
        } catch (AgentLoadException | AgentInitializationException e) {
            throw Obstacles.obstacle(
                    jvm,
                    "it did not load the agent: " + e.getMessage(),
                    "lastack why works from outside; see the JVM's own standard error");
        }
    }
}
