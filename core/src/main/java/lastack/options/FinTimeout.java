package lastack.options;

import lastack.kernel.KernelException;
import lastack.kernel.SockOpt;
import lastack.kernel.SocketFd;

/**
 * How long the socket stays in FIN-WAIT-2 once its program has closed it ({@code TCP_LINGER2}).
 *
 * @param seconds 1 to 120; {@link #DEFAULT} for {@code net.ipv4.tcp_fin_timeout}; negative, where a program chose that, for
 *     not at all
 */
public record FinTimeout(int seconds) implements SocketOption {
    /** What the namespace's {@code tcp_fin_timeout} says. A socket that has it is read with that many seconds. */
    public static final int DEFAULT = 0;

    /** {@code TCP_FIN_TIMEOUT_MAX} of {@code net/tcp.h}; anything above would be taken for the default. */
    private static final int MOST_SECONDS = 120;

    static FinTimeout parse(String value) throws OptionSyntaxException {
        OptionText text = new OptionText(OptionName.FIN_TIMEOUT, value);
        return new FinTimeout(value.equals("default") ? DEFAULT : text.seconds(value, 1, MOST_SECONDS));
    }

    static FinTimeout read(SocketFd socket) throws KernelException {
        return new FinTimeout(socket.option(SockOpt.TCP_LINGER2));
    }

    @Override
    public OptionName name() {
        return OptionName.FIN_TIMEOUT;
    }

    @Override
    public String value() {
        if (seconds < 0) {
            return "none";
        }
        return seconds == DEFAULT ? "default" : seconds + "s";
    }

    @Override
    @SuppressWarnings("exports")
    public void apply(SocketFd socket) throws KernelException {
        socket.setOption(SockOpt.TCP_LINGER2, seconds);
    }

    /** Whether a socket that reads so follows the default cannot be told. */
    @Override
    public boolean isSurelyIn(SocketOption read) {
        return seconds != DEFAULT && isIn(read);
    }

    @Override
    public boolean isIn(SocketOption read) {
        return seconds == DEFAULT ? read instanceof FinTimeout : equals(read);
    }
}
