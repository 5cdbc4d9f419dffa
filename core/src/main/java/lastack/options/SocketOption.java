package lastack.options;

import java.util.Arrays;
import lastack.kernel.KernelException;
import lastack.kernel.SocketFd;

/**
 * A socket option with a value.
 *
 * <pre>{@code
 * SocketOption option = SocketOption.parse("keepalive=60s:10s:6");
 * SocketOption before = option.name().read(socket);
 * option.apply(socket);
 * SocketOption after = option.name().read(socket);
 * }</pre>
 */
public sealed interface SocketOption permits Keepalive, UserTimeout, Linger, FinTimeout, ReuseAddress {
    /** Which option. */
    OptionName name();

    /** The value as {@link OptionName#parse} reads it. */
    String value();

    /** Sets it. */
    @SuppressWarnings("exports") // Of no use outside this module, which does not export the type.
    void apply(SocketFd socket) throws KernelException;

    /** Whether a socket that was read like this has what was asked for here. */
    default boolean isIn(SocketOption read) {
        return equals(read);
    }

    /** The same, where that needs no change: a default may read as any value. */
    default boolean isSurelyIn(SocketOption read) {
        return isIn(read);
    }

    /** Reads {@code NAME=VALUE}. */
    static SocketOption parse(String text) throws OptionSyntaxException {
        int equals = text.indexOf('=');
        String label = equals < 0 ? text : text.substring(0, equals);
        OptionName name = OptionName.named(label)
                .orElseThrow(() -> new OptionSyntaxException(
                        "no such socket option: " + label + "; known are " + Arrays.toString(OptionName.values())));
        if (equals < 0) {
            throw new OptionSyntaxException(label + " needs a value: " + label + "= " + name.form());
        }
        return name.parse(text.substring(equals + 1));
    }
}
