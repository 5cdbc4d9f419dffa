package lastack.jvm;

import java.util.Optional;

/**
 * A channel's place in a selector.
 *
 * @param selector the selector
 * @param interest the operations it waits for, bits of {@code java.nio.channels.SelectionKey}; negative when the key is cancelled
 * @param attachment the class of what is attached to the key, or empty
 * @param selecting the thread that waits in the selector
 */
public record Registration(JavaObject selector, int interest, String attachment, Optional<BlockedThread> selecting) {
    private static final int READ = 1;
    private static final int WRITE = 1 << 2;
    private static final int CONNECT = 1 << 3;
    private static final int ACCEPT = 1 << 4;

    /** Whether the channel is closed but for its selector, which has not run since. */
    public boolean cancelled() {
        return interest < 0;
    }

    /** {@code read, write}. */
    public String interestText() {
        if (cancelled()) {
            return "cancelled";
        }
        StringBuilder text = new StringBuilder();
        append(text, READ, "read");
        append(text, WRITE, "write");
        append(text, CONNECT, "connect");
        append(text, ACCEPT, "accept");
        return text.isEmpty() ? "nothing" : text.toString();
    }

    private void append(StringBuilder text, int operation, String name) {
        if ((interest & operation) != 0) {
            text.append(text.isEmpty() ? "" : ", ").append(name);
        }
    }
}
