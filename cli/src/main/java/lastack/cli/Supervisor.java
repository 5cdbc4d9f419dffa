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
     * ended. Signals meant for the program's group or its service do not end the supervisor before the program.
     */
    private static final String DETACHED = "trap '' HUP INT QUIT TERM TSTP USR1; \"$@\" </dev/null & read -r end";

    private Supervisor() {}

    /** Starts it and waits until it answers. */
    static void start(String handle, List<String> options)
            throws IOException, InterruptedException, UnavailableException {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", DETACHED, "sh"));
        command.addAll(OwnCommandLine.launcher());
        command.addAll(List.of(Commands.SUPERVISE.label(), "--launch", handle));
        command.addAll(List.of("--stderr", StandardError.own().link()));
        command.addAll(options);
        Process shell = new ProcessBuilder(command)
                .directory(new File("/"))
                .redirectError(Redirect.INHERIT)
                .start();
        try (BufferedReader answer = shell.inputReader(StandardCharsets.UTF_8)) {
            if (!READY.equals(answer.readLine())) {
                throw new UnavailableException(
                        "run", "the supervising process did not start", "what it said stands above");
            }
            shell.getOutputStream().close();
            shell.waitFor();
        }
    }
}
