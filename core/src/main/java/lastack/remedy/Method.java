package lastack.remedy;

import java.util.Locale;
import java.util.Optional;

/** The ways to remove a socket, from the gentlest to the harshest. */
public enum Method {
    /** End both directions through a duplicate of the descriptor; the peer gets a FIN. */
    SHUTDOWN("ends both directions; the peer gets a FIN"),
    /** Break the connection through a duplicate of the descriptor; the peer gets a RST. */
    DISCONNECT("breaks the connection; the peer gets a RST"),
    /** Let the kernel destroy it by its cookie; the peer gets a RST or nothing. */
    DESTROY("lets the kernel destroy it; the peer gets a RST, or nothing once both sides have closed"),
    /** Learn the sequence numbers and send a RST in the peer's name. */
    RESET("resets it by a packet in the peer's name; the peer learns nothing without --both-ends"),
    /** Break the connection without a packet; the peer learns nothing. */
    VANISH("breaks the connection without a packet; the peer learns nothing"),
    /** One of the above, then {@code /dev/null} over the descriptor in its process. */
    PARK("ends the connection and puts /dev/null over the descriptor, which stays occupied"),
    /** {@code close} the descriptor inside its process. */
    FD("closes the descriptor inside its process; the program may hit a stranger's descriptor later"),
    /** Close the object that stands for it inside its JVM. */
    JVM("closes the object inside its JVM; an agent goes into it and stays, asleep, until lastack jvm PID --detach"),
    /** SIGTERM to every owner. */
    TERM("asks every owner to end (SIGTERM)"),
    /** SIGKILL to every owner. */
    KILL("ends every owner (SIGKILL)");

    private final String act;

    Method(String act) {
        this.act = act;
    }

    /** The method of this name ({@code shutdown}), or nothing. */
    public static Optional<Method> named(String name) {
        for (Method method : values()) {
            if (method.label().equals(name.toLowerCase(Locale.ROOT))) {
                return Optional.of(method);
            }
        }
        return Optional.empty();
    }

    /** The name on the command line and in JSON. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What it does, as the rest of a sentence. */
    public String act() {
        return act;
    }
}
