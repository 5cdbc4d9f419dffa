package lastack.agent;

import java.io.File;
import java.io.PrintWriter;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Constructor;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The door into this JVM, and the only class of the agent that the program's own class loader knows. The rest is loaded by a
 * loader of its own, which sees nothing of the program and can be dropped.
 */
public final class Agent {
    private static final Object LOCK = new Object();

    /** The {@link Station}, of whatever version; it understands sentences. */
    private static @Nullable Consumer<String> station;

    private Agent() {}

    /**
     * Started with the JVM: {@code -javaagent:lastack-agent.jar} notes from the first moment on where sockets are opened.
     *
     * @param arguments how many openings to keep, or nothing
     */
    public static void premain(@Nullable String arguments, Instrumentation instrumentation) {
        try {
            File jar = new File(Agent.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            start(jar, instrumentation);
            tell("trace\t" + (arguments == null ? "" : arguments));
            tell("open");
        } catch (Throwable e) {
            // The program comes first: it starts without a trace.
            station = null;
        }
    }

    /**
     * Loaded into a running JVM.
     *
     * @param folder where the agent's jar is, and where questions are asked; owned by the user of this JVM
     */
    public static void agentmain(String folder, Instrumentation instrumentation) {
        try {
            start(new File(folder, "agent.jar"), instrumentation);
            tell("listen\t" + folder);
        } catch (Throwable e) {
            report(folder, e);
        }
    }

    private static void start(File jar, Instrumentation instrumentation) throws Exception {
        synchronized (LOCK) {
            if (station == null) {
                URL[] code = {jar.toURI().toURL()};
                URLClassLoader loader = new URLClassLoader(code, null);
                Constructor<?> made = Class.forName("lastack.agent.Station", true, loader)
                        .getDeclaredConstructor(Instrumentation.class, File.class, Runnable.class);
                made.setAccessible(true);
                Runnable forget = new Runnable() {
                    @Override
                    public void run() {
                        forget();
                    }
                };
                @SuppressWarnings("unchecked")
                Consumer<String> begun = (Consumer<String>) made.newInstance(instrumentation, jar, forget);
                station = begun;
            }
        }
    }

    private static void tell(String sentence) {
        Consumer<String> present;
        synchronized (LOCK) {
            present = station;
        }
        if (present != null) {
            present.accept(sentence);
        }
    }

    private static void forget() {
        synchronized (LOCK) {
            station = null;
        }
    }

    private static void report(String folder, Throwable failure) {
        try (PrintWriter file =
                new PrintWriter(Files.newBufferedWriter(new File(folder, "failed").toPath(), StandardCharsets.UTF_8))) {
            failure.printStackTrace(file);
        } catch (Exception e) {
            // Then lastack only sees that no answer comes.
            return;
        }
    }
}
