package lastack.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs a main class of the tests in a JVM of its own, inside a namespace, with other rights or another environment. */
public final class ChildJvm {
    private final Namespace namespace;
    private final List<String> prefix;
    private final List<String> options;
    private final Map<String, String> environment;

    private ChildJvm(Namespace namespace, List<String> prefix, List<String> options, Map<String, String> environment) {
        this.namespace = namespace;
        this.prefix = prefix;
        this.options = options;
        this.environment = environment;
    }

    /** One like this JVM. */
    public static ChildJvm in(Namespace namespace) {
        return new ChildJvm(namespace, List.of(), List.of(), Map.of());
    }

    /** Started by another program, which takes the command as its last arguments. */
    public ChildJvm through(String... program) {
        return new ChildJvm(namespace, List.of(program), options, environment);
    }

    /** As root still, so that it can read the class path wherever that is, but root without a single capability. */
    public ChildJvm powerless() {
        return through("setpriv", "--bounding-set=-all", "--inh-caps=-all");
    }

    /** With this variable in the environment of the first program. */
    public ChildJvm where(String variable, String value) {
        return new ChildJvm(namespace, prefix, options, Map.of(variable, value));
    }

    /** With options such as {@code -Xmx64m}. */
    public ChildJvm with(String... jvmOptions) {
        return new ChildJvm(namespace, prefix, List.of(jvmOptions), environment);
    }

    /** Runs it to its end; the lines it printed. */
    public List<String> run(Class<?> main, String... arguments) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command(main, arguments)).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = namespace.start(builder);
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        if (status != 0) {
            throw new AssertionError(builder.command() + ": exit " + status + "\n" + printed);
        }
        return printed.lines().toList();
    }

    /** Starts it, for a conversation over its standard streams. */
    public Process start(Class<?> main, String... arguments) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command(main, arguments)).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        return namespace.start(builder);
    }

    private List<String> command(Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }
}
