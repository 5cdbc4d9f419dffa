package lastack.live;

import java.time.Instant;
import lastack.filter.Known;
import lastack.model.Age;
import lastack.model.TcpSocket;
import lastack.model.TcpState;
import org.jspecify.annotations.Nullable;

/**
 * A socket went from one state to another.
 *
 * <p>CLOSED to SYN-SENT or LISTEN, and LISTEN to SYN-RECV, are births: the listener of the last stays what it is.
 *
 * @param time when
 * @param from the state it left
 * @param to the state it is in
 * @param socket the socket after the change; its owners are those who hold it, or held it last
 * @param known how much of {@code socket} is known, the rest of it says nothing: {@link Known#ENDS} where it was gone, or one of several
 *     it could be, when it was looked for; {@link Known#PLACE} where it was found only after it had gone on, so that it is not known
 *     who held it; else {@link Known#OWNERS}, though holders may be hidden
 * @param stayed how long it was in the state it left; null when that is not known
 * @param source where this comes from
 */
public record StateChange(
        Instant time,
        TcpState from,
        TcpState to,
        TcpSocket socket,
        Known known,
        @Nullable Age stayed,
        Source source) {
    /** Whether it was found which socket this is. */
    public boolean identified() {
        return known != Known.ENDS;
    }

    /** Where a change comes from. */
    public enum Source {
        /** The kernel told when it happened. */
        EVENT("event"),
        /** The kernel does not tell when TIME-WAIT and an orphan's FIN-WAIT-2 end; their timers do. */
        TIMER("timer"),
        /** Two looks at the kernel's table differ. */
        LOOK("look");

        private final String label;

        Source(String label) {
            this.label = label;
        }

        /** The name in the JSON form. */
        public String label() {
            return label;
        }
    }
}
