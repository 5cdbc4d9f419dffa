package lastack.options;

import java.util.Locale;
import lastack.model.TcpSocket;
import org.jspecify.annotations.Nullable;

/**
 * What became of one option of one socket.
 *
 * @param socket the socket as it was selected
 * @param asked the option and the value it was to get
 * @param outcome what became of it
 * @param before the value read before, null when it could not be read
 * @param after the value read afterwards, null when nothing was set
 * @param why what was done, or why nothing was
 * @param error the error's name, such as {@code EPERM}, or null
 * @param lacksPermission whether more rights would have helped
 * @param hint what to try next, or null
 */
public record OptionChange(
        TcpSocket socket,
        SocketOption asked,
        Outcome outcome,
        @Nullable String before,
        @Nullable String after,
        String why,
        @Nullable String error,
        boolean lacksPermission,
        @Nullable String hint) {

    /** What can become of an option. */
    public enum Outcome {
        /** It was set, and read back as asked for. */
        CHANGED,
        /** It had that value already. */
        UNCHANGED,
        /** The kernel took the call, but the socket was read back with another value. */
        NOT_TAKEN,
        /** The socket was gone before anything was done. */
        ALREADY_GONE,
        /** The kernel said no, or no process that may be reached holds it. */
        REFUSED,
        /** It is protected, or it changed since it was selected; nothing was done. */
        SKIPPED,
        /** Only a plan; nothing was done. */
        PLANNED;

        /** The name in JSON: {@code already-gone}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
