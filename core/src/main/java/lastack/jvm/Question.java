package lastack.jvm;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import lastack.model.TcpSocket;

/** A question to the agent: lines, each of words between tabs. */
final class Question {
    private final List<String> lines = new ArrayList<>();

    Question(String act, String argument) {
        lines.add("do\t" + act + "\t" + argument);
    }

    /** With bounds for the walk over the program's objects. */
    Question within(Bounds bounds) {
        lines.add("limits\t" + bounds.nodes() + "\t" + bounds.time().toMillis());
        return this;
    }

    /** About the sockets that this JVM holds. */
    Question about(Collection<TcpSocket> sockets, JvmProcess jvm) {
        for (TcpSocket socket : sockets) {
            jvm.descriptors(socket).forEach(fd -> lines.add("fd\t" + fd + "\t" + socket.inode()));
        }
        return this;
    }

    /** With the fields that tell how a library's object is. */
    Question watching() {
        for (Library library : Library.values()) {
            for (String type : library.types()) {
                if (!library.fields().isEmpty()) {
                    lines.add("watch\t" + type + "\t" + String.join(",", library.fields()));
                }
            }
        }
        return this;
    }

    String text() {
        return String.join("\n", lines) + "\n";
    }
}
