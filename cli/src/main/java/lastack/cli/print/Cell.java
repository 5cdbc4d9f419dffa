package lastack.cli.print;

import java.util.List;
import lastack.model.Age;
import lastack.model.ByteText;
import lastack.model.Durations;
import lastack.model.Owner;
import lastack.model.SocketMemory;
import lastack.model.SocketView;
import lastack.model.Timer;
import org.jspecify.annotations.Nullable;

/** The text of single table cells. */
public final class Cell {
    private Cell() {}

    /** {@code 3h12m}, with {@code >} or {@code <} in front of a bound. */
    public static String age(@Nullable Age age) {
        ByteText text = new ByteText(8);
        age(age, text);
        return text.toString();
    }

    static void age(@Nullable Age age, ByteText out) {
        if (age == null) {
            out.append('-');
            return;
        }
        switch (age.bound()) {
            case EXACT -> {}
            case AT_LEAST -> out.append('>');
            case AT_MOST -> out.append('<');
        }
        Durations.append(out, age.millis());
    }

    /** {@code nc[4711] fd 4}, or why there is no owner to show. */
    public static String owners(SocketView socket) {
        ByteText text = new ByteText(32);
        owners(socket, text);
        return text.toString();
    }

    static void owners(SocketView socket, ByteText out) {
        List<Owner> owners = socket.owners();
        if (owners.isEmpty()) {
            out.append(noOwner(socket));
        }
        for (int i = 0; i < owners.size(); i++) {
            Owner owner = owners.get(i);
            out.append(i == 0 ? "" : ", ").append(owner.comm()).append('[').append(owner.pid());
            out.append("] fd ").append(owner.fd());
        }
    }

    private static String noOwner(SocketView socket) {
        if (socket.unaccepted()) {
            return "(not accepted)";
        }
        return socket.inode() == 0 ? "(orphan)" : "(not visible)";
    }

    /** As ss prints it: {@code on,59sec,0}. */
    static void timer(@Nullable Timer timer, ByteText out) {
        if (timer == null) {
            out.append('-');
            return;
        }
        out.append(timer.kind().label()).append(',');
        Durations.append(out, Math.max(0, timer.expiresMillis()));
        out.append(',').append(timer.retransmits());
    }

    /** As ss prints it: {@code skmem:(r0,rb131072,...)}. */
    static String memory(SocketMemory memory) {
        return "skmem:(r" + memory.receiveAllocated() + ",rb" + memory.receiveBuffer() + ",t" + memory.sendAllocated()
                + ",tb" + memory.sendBuffer() + ",f" + memory.forwardAllocated() + ",w" + memory.sendQueued() + ",o"
                + memory.optionMemory() + ",bl" + memory.backlog() + ",d" + memory.drops() + ")";
    }
}
