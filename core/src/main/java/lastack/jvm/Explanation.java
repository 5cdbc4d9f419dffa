package lastack.jvm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lastack.model.TcpSocket;
import lastack.model.TcpState;

/**
 * What follows from how a JVM holds a socket.
 *
 * @param holding how it is held, as a sentence
 * @param advice what the program should do, and by which settings
 */
public record Explanation(String holding, List<String> advice) {
    private static final int READ = 1;

    /** Of this socket, as both sides saw it. */
    public static Explanation of(TcpSocket outside, JvmSocket inside, JvmReport report) {
        List<String> advice = new ArrayList<>();
        Library.on(inside).ifPresent(library -> {
            advice.add(library.title() + ": " + library.advice());
            advice.add("settings: " + library.properties());
        });
        boolean ended = outside.state() == TcpState.CLOSE_WAIT;
        if (ended) {
            missingClose(inside, advice);
        }
        return new Explanation(holding(inside, report), List.copyOf(advice));
    }

    private static String holding(JvmSocket inside, JvmReport report) {
        if (inside.path().isPresent()) {
            return "held by " + inside.path().get();
        }
        if (report.stopped().isPresent()) {
            return "who holds it was not found: " + report.stopped().get();
        }
        if (report.lost().contains(inside.inode())) {
            return isCollected(inside)
                    ? "held by nothing any more: the next GC closes it"
                    : "held by nothing any more: it is lost, and the GC never closes a lost channel";
        }
        if (!inside.threads().isEmpty()) {
            return "held by no field: only by the stack of the thread that is in it";
        }
        return isCollected(inside)
                ? "held by no field: a local variable of a running method has it, or it is no longer referenced and the next GC closes it; --heap tells which"
                : "held by no field: a local variable of a running method has it, or it is lost, and the GC never closes a lost channel; --heap tells which";
    }

    /** The JDK closes a lost {@code java.net.Socket}; a lost channel stays open for as long as the JVM runs. */
    private static boolean isCollected(JvmSocket inside) {
        return inside.inner().type().endsWith("SocketImpl");
    }

    private static void missingClose(JvmSocket inside, List<String> advice) {
        Optional<Frame> opened = inside.opening().map(Opening::line);
        opened.ifPresent(line -> advice.add("the close for what is opened at " + line
                + " is missing: open it in try-with-resources there, or close it in finally"));
        if (!inside.registrations().isEmpty()) {
            inside.registrations().forEach(key -> selector(key, advice));
        } else if (!inside.threads().isEmpty()) {
            advice.add(
                    "the thread in it does not come back by itself: give it a read timeout, Socket.setSoTimeout(30_000)");
        } else if (inside.path().filter(HolderPath::isLocal).isPresent()) {
            advice.add("close it where its variable ends, by try-with-resources: "
                    + inside.path().get().rootName());
        } else if (inside.path().isPresent()
                && opened.isEmpty()
                && Library.on(inside).isEmpty()) {
            advice.add(
                    inside.holder().isPresent()
                            ? "close it in a finally block of what thread "
                                    + inside.path().get().rootName() + " runs"
                            : "close it where read returns -1, and take it out of "
                                    + inside.path().get().rootName());
        } else if (opened.isEmpty()) {
            advice.add(
                    "close it on every way out: try-with-resources; see where it is opened: lastack jvm PID --trace");
        }
    }

    private static void selector(Registration key, List<String> advice) {
        if (key.cancelled()) {
            advice.add("it is closed, but its selector has not run since: selector.wakeup() after channel.close()");
        } else if ((key.interest() & READ) == 0) {
            advice.add(
                    "its selector does not wait for read, so the program never learns of the end: interestOps(OP_READ)");
        } else {
            advice.add("where channel.read returns -1, close the channel: key.cancel() alone leaves it open");
        }
    }
}
