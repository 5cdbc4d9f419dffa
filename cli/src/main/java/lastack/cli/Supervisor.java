package lastack.cli;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import lastack.launch.StandardError;
import lastack.model.UnavailableException;

/** The other process of {@code run}: another lastack that answers for the program, and is not the program's child. */
final class Supervisor {
    /** What it says when it answers. */
    static final String READY = "ready";

    /**
     * The shell ends before the program begins, so that the supervisor becomes a child of init: a program that waits for all
     * its children must not wait for one it never had. It stays until then because Java closes the pipe of a child that has
     * ended, and lets go of its own end of the pipe, or that would never end for Java. Signals meant for the program's group or its service do not end the supervisor before the program.
     */
    private static final String DETACHED =
            "trap '' HUP INT QUIT TERM TSTP USR1; \"$@\" </dev/null & exec >&-; read -r end";

    /** The rehearsal shall leave behind machine code; a command that ends at once has no use for it. */
    private static final String COMPILING_SOON = "-XX:CompileThresholdScaling=0.1";

    private Supervisor() {}

    /** Starts it and waits until it answers. */
    static void start(String handle, List<String> options) throws InterruptedException, UnavailableException {
        try {
            Process shell = shell(handle, options);
            try (BufferedReader answer = shell.inputReader(StandardCharsets.UTF_8)) {
                if (!READY.equals(answer.readLine())) {
                    throw notStarted("what it said stands above");
                }
                shell.getOutputStream().close();
                shell.waitFor();
            }
        } catch (IOException e) {
            throw notStarted(String.valueOf(e.getMessage()));
        }
    }

    private static UnavailableException notStarted(String remedy) {
        return new UnavailableException(
                "run", "the supervising process did not start, and so neither did the program", remedy);
    }

    private static Process shell(String handle, List<String> options) throws IOException {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", DETACHED, "sh"));
        command.addAll(OwnCommandLine.launcher(COMPILING_SOON));
        command.addAll(List.of(Commands.SUPERVISE.label(), "--launch", handle));
        command.addAll(List.of("--stderr", StandardError.own().link()));
        command.addAll(options);
        return new ProcessBuilder(command)
                .directory(new File("/"))
                .redirectError(Redirect.INHERIT)
                .start();
    }
}
