package lastack.options;

import java.util.Optional;
import lastack.kernel.KernelException;
import lastack.kernel.SocketFd;

/** The socket options lastack can set on other programs' sockets. */
public enum OptionName {
    /** Asks a silent peer whether it is still there. */
    KEEPALIVE(
            "keepalive",
            "on, off or IDLE[:INTERVAL[:PROBES]] such as 60s:10s:6",
            "asks a silent peer whether it lives"),
    /** How long sent data may stay unacknowledged. */
    USER_TIMEOUT("user-timeout", "off or a time such as 30s", "how long sent data may stay unacknowledged"),
    /** What close does with data that is not sent yet. */
    LINGER("linger", "off or seconds, 0 for a reset", "close waits so long for what is unsent; 0 sends a RST"),
    /** How long an orphan stays in FIN-WAIT-2. */
    FIN_TIMEOUT("fin-timeout", "default or 1s to 120s", "how long FIN-WAIT-2 lasts after close"),
    /** Whether bind may take a port with leftovers on it. */
    REUSEADDR("reuseaddr", "on or off", "bind may take a port with TIME-WAIT on it");

    private final String label;
    private final String form;
    private final String purpose;

    OptionName(String label, String form, String purpose) {
        this.label = label;
        this.form = form;
        this.purpose = purpose;
    }

    /** The option of this name ({@code user-timeout}), or nothing. */
    public static Optional<OptionName> named(String text) {
        for (OptionName name : values()) {
            if (name.label.equals(text)) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    /** The name on the command line and in JSON. */
    public String label() {
        return label;
    }

    /** The values it takes, for the reader of a message. */
    public String form() {
        return form;
    }

    /** What it is good for, in a few words. */
    public String purpose() {
        return purpose;
    }

    /** This option with a value given as text. */
    public SocketOption parse(String value) throws OptionSyntaxException {
        return switch (this) {
            case KEEPALIVE -> Keepalive.parse(value);
            case USER_TIMEOUT -> UserTimeout.parse(value);
            case LINGER -> Linger.parse(value);
            case FIN_TIMEOUT -> FinTimeout.parse(value);
            case REUSEADDR -> ReuseAddress.parse(value);
        };
    }

    /** This option with the value the socket has now. */
    @SuppressWarnings("exports") // Of no use outside this module, which does not export the type.
    public SocketOption read(SocketFd socket) throws KernelException {
        return switch (this) {
            case KEEPALIVE -> Keepalive.read(socket);
            case USER_TIMEOUT -> UserTimeout.read(socket);
            case LINGER -> Linger.read(socket);
            case FIN_TIMEOUT -> FinTimeout.read(socket);
            case REUSEADDR -> ReuseAddress.read(socket);
        };
    }

    @Override
    public String toString() {
        return label;
    }
}
