package lastack.diagnosis;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** A program that says when its situation is made, and goes on when it gets a line on its standard input. */
final class Conversation implements AutoCloseable {
    private final Process process;
    private final BufferedReader answers;

    /** Begins it, and waits until the program is {@code ready}. */
    Conversation(Process process) throws IOException {
        this.process = process;
        this.answers = process.inputReader();
        await("ready");
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
