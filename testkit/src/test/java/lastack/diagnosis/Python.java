package lastack.diagnosis;

import java.io.IOException;
import lastack.testkit.Namespace;

/** A real program in Python. */
final class Python implements AutoCloseable {
    private final Conversation conversation;

    private Python(Conversation conversation) {
        this.conversation = conversation;
    }

    /** Starts it and waits until it is ready. */
    static Python ready(Namespace namespace, String program) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder("python3", "-u", "-c", program).redirectError(ProcessBuilder.Redirect.INHERIT);
        return new Python(new Conversation(namespace.start(builder)));
    }

    int pid() {
        return conversation.pid();
    }

    /** Lets it go on, and waits for what it says then. */
    void goOn(String until) throws IOException {
        conversation.goOn(until);
    }

    @Override
    public void close() throws IOException {
        conversation.close();
    }
}
