package lastack.cli.print;

import lastack.model.Age;
import lastack.model.Durations;
import lastack.model.Owner;
import lastack.model.SocketMemory;
import lastack.model.TcpSocket;
import lastack.model.Timer;
import org.jspecify.annotations.Nullable;

/** The text of single table cells. */
public final class Cell {
    private Cell() {}

    /** {@code 3h12m}, with {@code >} or {@code <} in front of a bound. */
    public static String age(@Nullable Age age) {
        if (age == null) {
            return "-";
        }
        return switch (age.bound()) {
            case EXACT -> Durations.format(age.millis());
            case AT_LEAST -> ">" + Durations.format(age.millis());
            case AT_MOST -> "<" + Durations.format(age.millis());
        };
    }

    /** {@code nc[4711] fd 4}, or why there is no owner to show. */
    static String owners(TcpSocket socket) {
        if (socket.owners().isEmpty()) {
            return noOwner(socket);
        }
        StringBuilder out = new StringBuilder(24);
        for (Owner owner : socket.owners()) {
            out.append(out.isEmpty() ? "" : ", ")
                    .append(owner.label())
                    .append(" fd ")
                    .append(owner.fd());
        }
        return out.toString();
    }

    private static String noOwner(TcpSocket socket) {
        if (socket.unaccepted()) {
            return "(not accepted)";
        }
        return socket.inode() == 0 ? "(orphan)" : "(not visible)";
    }

    /** As ss prints it: {@code on,59sec,0}. */
    static String timer(@Nullable Timer timer) {
        return timer == null
                ? "-"
                : timer.kind().label()
                        + ','
                        + Durations.format(Math.max(0, timer.expiresMillis()))
                        + ','
                        + timer.retransmits();
    }

    /** As ss prints it: {@code skmem:(r0,rb131072,...)}. */
    static String memory(SocketMemory memory) {
        return "skmem:(r" + memory.receiveAllocated() + ",rb" + memory.receiveBuffer() + ",t" + memory.sendAllocated()
                + ",tb" + memory.sendBuffer() + ",f" + memory.forwardAllocated() + ",w" + memory.sendQueued() + ",o"
                + memory.optionMemory() + ",bl" + memory.backlog() + ",d" + memory.drops() + ")";
    }
}
