package lastack.diagnosis;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import lastack.testkit.Namespace;

/** A real program in Python that says {@code ready} when its situation is made, and obeys a line on its standard input. */
final class Python implements AutoCloseable {
    private final Process process;
    private final BufferedReader answers;

    private Python(Process process) {
        this.process = process;
        this.answers = process.inputReader();
    }

    /** Starts it and waits until it is ready. */
    static Python ready(Namespace namespace, String program) throws IOException {
        List<String> command = new ArrayList<>(List.of("python3", "-u", "-c", program));
        Python python =
                new Python(namespace.start(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT)));
        python.await("ready");
        return python;
    }

    int pid() {
        return (int) process.pid();
    }

    /** Lets it go on, and waits for what it says then. */
    void goOn(String until) throws IOException {
        process.outputWriter().write("go\n");
        process.outputWriter().flush();
        await(until);
    }

    private void await(String wanted) throws IOException {
        String said = answers.readLine();
        if (!wanted.equals(said)) {
            throw new IOException("it said " + said + " instead of " + wanted);
        }
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
